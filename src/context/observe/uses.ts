import { OPEN_FLAG } from "../../model/access.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Artifact, Role, Use } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import { isSoname } from "../names/artifacts.ts";
import { toolOf } from "../names/tools.ts";
import type { Entry } from "./journal.ts";
import type { PathClasses } from "./path-classes.ts";

/** What a tool of a given role needs a kind of file for, when it reads it; what is not here is plain reading. */
const READ: Readonly<Partial<Record<Role, Readonly<Partial<Record<Artifact, Use>>>>>> = {
  compiler: { header: "compile", library: "load" },
  preprocessor: { header: "compile", library: "load" },
  libclang: { header: "compile", library: "load" },
  assembler: { object: "link" },
  linker: { library: "link", object: "link" },
  strip: { library: "link", object: "link", program: "link", config: "link", other: "link" },
  archiver: { library: "link", object: "link" },
  rustc: { library: "link", object: "link" },
  "build-script": {
    header: "compile",
    library: "load",
    pkgconfig: "configure",
    cmake: "configure",
  },
  cargo: { library: "load" },
  "pkg-config": { pkgconfig: "configure", library: "load" },
  "config-script": { pkgconfig: "configure" },
  cmake: {
    header: "configure",
    library: "configure",
    cmake: "configure",
    pkgconfig: "configure",
  },
  meson: { pkgconfig: "configure", library: "load" },
  configure: { header: "configure", pkgconfig: "configure" },
  qmake: { library: "load", pkgconfig: "configure" },
  interpreter: { header: "configure", pkgconfig: "configure", library: "load" },
  shell: { header: "configure", pkgconfig: "configure", library: "link" },
  unknown: {
    header: "compile",
    pkgconfig: "configure",
    cmake: "configure",
    object: "link",
    library: "link",
  },
};

/** Text tools that scripts take versions and flags out of files with, and rewrite them. */
export const TEXT_TOOL = /^(?:sed|grep|egrep|fgrep|awk|gawk|mawk|nawk|cat|head|m4)$/;
/** What -T, --version-script and --dynamic-list name; a linker's own scripts end in .x and .xc. */
const LINKER_SCRIPT = /\.(?:ld|lds|ldscript|map|ver|sym|syms|exp|exports?)$/;
const SOURCE = /\.(?:ii?|c|cc|cpp|cxx|c\+\+|C|m|mm|S|s|sx|inc)$/;

/** What a tracee of this role needed a file for. */
export function useOf(
  role: Role,
  program: string,
  entry: Entry,
  path: ByteString,
  classes: PathClasses,
): Use {
  const artifact = classes.artifact(entry.path);
  if (entry.kind === "executed" || isScriptRun(role, path)) return "execute";
  if (entry.kind === "found")
    return role === "cmake" &&
      (artifact === "library" || artifact === "header" || artifact === "cmake")
      ? "configure"
      : "probe";
  if (entry.loaded || classes.isPlugin(entry.path)) return "load";
  if (role === "assembler" && artifact !== "object") return useByAssembler(entry, artifact);
  if (artifact === "library") return useOfLibrary(role, program, entry, path);
  const use = READ[role]?.[artifact];
  if (use !== undefined) return use;
  if (artifact === "object" && program === LINKING_COMPILER) return "link";
  if ((role === "compiler" || role === "assembler") && SOURCE.test(path)) return "compile";
  if (role === "linker" && LINKER_SCRIPT.test(path)) return "link";
  if (artifact === "header" && TEXT_TOOL.test(program)) return "configure";
  return "read";
}

/** .include and .incbin take any file into the output; what closes on exec, the assembler loaded for itself. */
function useByAssembler(entry: Entry, artifact: Artifact): Use {
  const closesOnExec = (entry.openFlags & OPEN_FLAG.cloexec) !== 0;
  return artifact === "library" && closesOnExec ? "load" : "compile";
}

function useOfLibrary(role: Role, program: string, entry: Entry, path: ByteString): Use {
  const closesOnExec = (entry.openFlags & OPEN_FLAG.cloexec) !== 0;
  const name = baseName(path);
  if (name.endsWith(".la")) return role === "shell" || TEXT_TOOL.test(program) ? "link" : "read";
  if (/\.so(?:\.|$)/.test(name)) {
    // rustc loads procedural macros; a program that no sign explains is a loader when it closes on exec, as dlopen does.
    if (role === "rustc") return "load";
    if (role === "unknown") return useByNobody(path, closesOnExec, entry.whole);
    if (role === "cmake" && closesOnExec) return "load";
    if (role === "shell") return "read";
  }
  if (role === "compiler" && program === LINKING_COMPILER) return "link";
  return READ[role]?.library ?? "read";
}

/** Its linker is no program of its own, or runs in a process of the same name. */
const LINKING_COMPILER = "zig";

/**
 * A library in the hands of a program that no sign explains. dlopen and LD_PRELOAD close on exec; what else a whole
 * program reads, it reads as data. In a log that was filtered to these lines, the name of a link's input speaks.
 */
function useByNobody(path: ByteString, closesOnExec: boolean, whole: boolean): Use {
  if (whole) return closesOnExec ? "load" : "read";
  if (closesOnExec && isSoname(path)) return "load";
  return LINKABLE.test(path) ? "link" : "load";
}

const LINKABLE = /\/(?:lib(?:64|32|x32)?|lib\/[^/]+-linux-[^/]+)\/lib[^/]+\.so[^/]*$/;

/** A log without execve still shows the shell that opens a script to run it. */
function isScriptRun(role: Role, path: ByteString): boolean {
  return (
    role === "unknown" &&
    /\/bin\/[^/]+-config(?:-[\d.]+)?$/.test(path) &&
    toolOf(path).role === "config-script"
  );
}
