import { fromText } from "../model/byte-string.ts";
import type { Artifact, FactOutcome, Facts, Role, Use } from "../model/facts.ts";
import { baseName } from "../model/path.ts";
import { compileGlobs, type Matcher } from "./glob.ts";
import type { ExampleFacts, World } from "./pack.ts";
import { zoneInWorld } from "./world.ts";

/**
 * The facts of an example: what its author wrote, and for the rest what the names in it say. Coarser than what the context
 * stage finds out from a whole trace, and meant to be: an example shows its situation on one line.
 */
export function exampleFacts(given: ExampleFacts, world: World): Facts {
  const { path } = given;
  const outcome = given.outcome ?? "opened";
  const program = given.program ?? (outcome === "executed" ? baseName(path) : "unknown");
  const role =
    given.role ?? firstOf(ROLE_OF, program) ?? (program === "unknown" ? "unknown" : "other");
  const artifact = given.artifact ?? firstOf(ARTIFACT_OF, path) ?? "other";
  return {
    path: fromText(path),
    requested: given.requested ?? null,
    zone: given.zone ?? zoneInWorld(path, world),
    use: given.use ?? USE_OF_OUTCOME[outcome] ?? useOfRole(role, artifact, outcome),
    side: given.side ?? "target",
    artifact,
    outcome,
    role,
    program,
    ancestors: given.ancestors ?? [],
    rejected: given.rejected ?? false,
    hint: given.hint ?? false,
    throughSymlink: given.throughSymlink ?? false,
    maker: given.maker ?? null,
    archNeutral: given.archNeutral ?? ARCH_NEUTRAL(path),
    targetTriple: given.targetTriple ?? path.split("/").includes(world.target),
    sameMachine: given.sameMachine ?? machineOf(world.host) === machineOf(world.target),
  };
}

type Table<Word> = readonly (readonly [Word, Matcher])[];

function firstOf<Word>(table: Table<Word>, name: string): Word | undefined {
  return table.find(([, matches]) => matches(name))?.[0];
}

function machineOf(triple: string): string {
  return triple.split("-", 1)[0] ?? triple;
}

const ARCH_NEUTRAL = compileGlobs(["/usr/share/**", "/usr/local/share/**"]);

const ARTIFACT_OF: Table<Artifact> = [
  ["pkgconfig", compileGlobs(["**/*.pc"])],
  ["cmake", compileGlobs(["**/*.cmake"])],
  ["config", compileGlobs(["**/bin/*-config", "/etc/**"])],
  ["program", compileGlobs(["**/{bin,sbin}/*"])],
  ["object", compileGlobs(["**/*.{o,obj,lo}"])],
  ["library", compileGlobs(["**/*.{a,so,la,rlib}", "**/*.so.*"])],
  ["header", compileGlobs(["**/*.{h,hh,hpp,hxx,h++,inl}", "**/include/c++/**"])],
];

const ROLE_OF: Table<Role> = [
  ["libclang", compileGlobs(["bindgen", "castxml"])],
  ["compiler", compileGlobs(["{cc1,cc1plus,gcc,g++,cc,c++,clang,clang++}", "*-{gcc,g++,clang}"])],
  ["assembler", compileGlobs(["{as,*-as}"])],
  ["linker", compileGlobs(["{,*-}ld{,.bfd,.gold,.lld}", "{collect2,mold,rust-lld}"])],
  ["archiver", compileGlobs(["{,*-}{ar,ranlib}"])],
  ["strip", compileGlobs(["{,*-}{strip,objcopy}"])],
  ["rustc", compileGlobs(["rustc"])],
  ["cargo", compileGlobs(["cargo"])],
  ["build-script", compileGlobs(["build-script-*", "build_script_*"])],
  ["pkg-config", compileGlobs(["{,*-}{pkg-config,pkgconf}"])],
  ["config-script", compileGlobs(["*-config"])],
  ["cmake", compileGlobs(["cmake"])],
  ["meson", compileGlobs(["meson"])],
  ["qmake", compileGlobs(["qmake*"])],
  ["configure", compileGlobs(["configure"])],
  ["copier", compileGlobs(["{cp,install,rsync,tar,mv}"])],
  ["interpreter", compileGlobs(["{python,perl,ruby,node}*"])],
  ["shell", compileGlobs(["{sh,bash,dash}"])],
];

const USE_OF_OUTCOME: Partial<Record<FactOutcome, Use>> = {
  executed: "execute",
  missing: "probe",
  listed: "probe",
  copied: "copy",
};

const USE_OF_ROLE: Partial<Record<Role, Use>> = {
  compiler: "compile",
  preprocessor: "compile",
  libclang: "compile",
  assembler: "compile",
  rustc: "compile",
  linker: "link",
  archiver: "link",
  "pkg-config": "configure",
  "config-script": "configure",
  cmake: "configure",
  meson: "configure",
  qmake: "configure",
  configure: "configure",
  "build-script": "configure",
  copier: "copy",
};

function useOfRole(role: Role, artifact: Artifact, outcome: FactOutcome): Use {
  const use = USE_OF_ROLE[role] ?? "read";
  if (outcome === "found" && use !== "configure") return "probe";
  return role === "rustc" && (artifact === "library" || artifact === "object") ? "link" : use;
}
