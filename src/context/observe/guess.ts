import type { Evidence } from "../../model/actor.ts";
import type { Role } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import { type PathTable, UNKNOWN_PATH } from "../../model/path-table.ts";
import { NO_EVIDENCE } from "../names/evidence.ts";
import { machineOfCpu, machineOfTriple } from "../names/machines.ts";
import type { Journal } from "./journal.ts";
import type { PathClasses } from "./path-classes.ts";

/** What a tracee is, and for which machine, read from what it loaded and opened. */
export interface Guess {
  readonly role: Role;
  readonly evidence: Evidence;
}

/** Loaded libraries that only one kind of tool has. */
const BY_LIBRARY: readonly (readonly [RegExp, Role])[] = [
  [/^librustc_driver/, "rustc"],
  [/^libpkgconf/, "pkg-config"],
  [/^lib(?:jsoncpp|rhash|cppdap)/, "cmake"],
  [/^lib(?:isl|mpc|mpfr)\./, "compiler"],
  // clang itself is built upon libclang-cpp, or holds that; who parses headers for another purpose loads libclang.so.
  [/^libclang(?!-cpp)/, "libclang"],
  [/^libclang-cpp/, "compiler"],
  [/^libpython/, "interpreter"],
];

/** Guesses the role and machine of a tracee whose exec the log does not show. */
export function guess(journal: Journal, paths: PathTable, classes: PathClasses): Guess {
  if (
    writesLoaderCache(journal, paths) ||
    (!journal.loaderSeen && listsLibraries(journal, classes))
  )
    return { role: "loader-tool", evidence: guessEvidence(journal) };
  // Without a loader phase this is no whole program but what a filter left, perhaps of several: each file speaks for itself.
  if (!journal.loaderSeen)
    return {
      role: copies(journal, paths) ? "copier" : "unknown",
      evidence: guessEvidence(journal),
    };
  return { role: guessRole(journal, paths, classes), evidence: guessEvidence(journal) };
}

function guessRole(journal: Journal, paths: PathTable, classes: PathClasses): Role {
  const signs = [...(journal.signs ?? [])];
  for (const [pattern, role] of BY_LIBRARY)
    if (signs.some((sign) => pattern.test(sign))) return role;
  let headers = 0;
  for (const entry of journal.entries) {
    if (entry.kind !== "read") continue;
    const path = paths.text(entry.path);
    const artifact = classes.artifact(entry.path);
    if (artifact === "object" && /crt[1in]?[\w]*\.o$/.test(path)) return "linker";
    if (artifact === "pkgconfig") return "pkg-config";
    if (artifact === "header") headers++;
    if (/\/cmake[-\d.]*\/Modules\//.test(path)) return "cmake";
  }
  if (signs.some((sign) => sign.startsWith("libctf"))) return "linker";
  if (signs.some((sign) => sign.startsWith("libopcodes"))) return "assembler";
  if (copies(journal, paths)) return "copier";
  if (headers > 0) return signs.some((sign) => sign.startsWith("libLLVM")) ? "libclang" : "unknown";
  return "unknown";
}

/** ldconfig is linked statically, and opens every library below its root: under that name it writes before it renames. */
function writesLoaderCache({ entries }: Journal, paths: PathTable): boolean {
  return entries.some(
    ({ kind, path }) => kind === "written" && paths.text(path).endsWith("/etc/ld.so.cache~"),
  );
}

/** Shared libraries that only who lists them all opens. */
const MANY = 128;

/** No link takes so many shared libraries, and not one object or archive: `ldconfig -p`'s kin walk through folders. */
function listsLibraries({ entries }: Journal, classes: PathClasses): boolean {
  return entries.length >= MANY && entries.every(({ path }) => classes.isShared(path));
}

/** The host's own files, where no layout tells what else a folder may be. */
const SYSTEM = /^\/(?:usr|lib|lib32|lib64|bin|sbin)\//;

/** True for a tracee that writes a file of the same name right after it has read one: cp, install and their like. */
function copies({ entries }: Journal, paths: PathTable): boolean {
  // bubblewrap's root: what it calls /usr is anybody's.
  if (paths.find("/newroot") !== UNKNOWN_PATH) return false;
  return entries.some(({ kind, path }, at) => {
    const next = entries[at + 1];
    return (
      kind === "read" &&
      next?.kind === "written" &&
      next.path !== path &&
      SYSTEM.test(paths.text(path)) &&
      baseName(paths.text(next.path)) === baseName(paths.text(path))
    );
  });
}

function guessEvidence(journal: Journal): Evidence {
  const evidence = evidenceOfMachine(journal);
  return journal.sysroot === null
    ? evidence
    : { ...evidence, says: null, sysroot: journal.sysroot };
}

function evidenceOfMachine(journal: Journal): Evidence {
  if (journal.compilerTriple !== null)
    return {
      ...NO_EVIDENCE,
      triple: journal.compilerTriple,
      compiler: journal.compilerFolder,
      machine: machineOfTriple(journal.compilerTriple),
    };
  for (const sign of journal.signs ?? []) {
    // Debian names the binutils' own library after the machine they work for: libbfd-2.40-arm64.so.
    const suffix = /^lib(?:bfd|opcodes)-[\d.]+-([a-z][\w]*)\.so/.exec(sign)?.[1];
    if (suffix === undefined) continue;
    if (suffix === "system") return { ...NO_EVIDENCE, says: "host" };
    return {
      ...NO_EVIDENCE,
      machine: suffix === "armhf" || suffix === "armel" ? "arm" : machineOfCpu(suffix),
    };
  }
  // No loader phase: the log was filtered before it came to us. What is left was kept for a reason.
  return journal.loaderSeen ? NO_EVIDENCE : { ...NO_EVIDENCE, says: "target" };
}
