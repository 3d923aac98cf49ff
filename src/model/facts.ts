import type { ByteString } from "./byte-string.ts";

export const ZONES = [
  "sysroot",
  "native-sysroot",
  "toolchain",
  "build",
  "source",
  "host",
  "home",
  "temporary",
  "kernel",
] as const;
/** Where a path lies. */
export type Zone = (typeof ZONES)[number];

/** True for zones where a file can be a leak at all. */
export function isForeign(zone: Zone): boolean {
  return zone === "host" || zone === "native-sysroot" || zone === "home";
}

export const USES = [
  "load",
  "compile",
  "link",
  "configure",
  "execute",
  "copy",
  "read",
  "probe",
] as const;
/** What the tracee needed it for. */
export type Use = (typeof USES)[number];

export const SIDES = ["target", "host", "unknown"] as const;
/** For which machine a tracee works. */
export type Side = (typeof SIDES)[number];

export const ARTIFACTS = [
  "header",
  "library",
  "object",
  "pkgconfig",
  "cmake",
  "program",
  "config",
  "network",
  "other",
] as const;
/** What kind of file it is, by its name and place. */
export type Artifact = (typeof ARTIFACTS)[number];

export const FACT_OUTCOMES = [
  "opened",
  "found",
  "listed",
  "executed",
  "copied",
  "missing",
] as const;
/** `found` is a stat or access that succeeded without an open. */
export type FactOutcome = (typeof FACT_OUTCOMES)[number];

export const ROLES = [
  "compiler",
  "preprocessor",
  "libclang",
  "assembler",
  "linker",
  "archiver",
  "strip",
  "rustc",
  "build-script",
  "cargo",
  "pkg-config",
  "config-script",
  "cmake",
  "meson",
  "configure",
  "qmake",
  "interpreter",
  "copier",
  "shell",
  "loader-tool",
  "other",
  "unknown",
] as const;
/** What kind of tool a tracee is. */
export type Role = (typeof ROLES)[number];

/** Everything that a rule can match on: one folded access, seen from the build. */
export interface Facts {
  /** Canonical: absolute, `..` collapsed, /lib as /usr/lib, the real file where known. */
  readonly path: ByteString;
  /** As first asked for, if different. */
  readonly requested: ByteString | null;
  readonly zone: Zone;
  readonly use: Use;
  readonly side: Side;
  readonly artifact: Artifact;
  readonly outcome: FactOutcome;
  readonly role: Role;
  /** Base name of the program, or `unknown`. */
  readonly program: string;
  /** Base names of the ancestors, nearest first. */
  readonly ancestors: readonly string[];
  /** Opened, and evidently not taken: skipped as incompatible. */
  readonly rejected: boolean;
  /** Asked for by a find module of CMake's that searched by the answer, and took the target's own. */
  readonly hint: boolean;
  /** The path lies in the sysroot, and a symlink led out of it to `path`. */
  readonly throughSymlink: boolean;
  /** For which machine the file's maker worked, for files that the traced build itself made. */
  readonly maker: Side | null;
  /** Same bytes for each machine by nature: /usr/share data. */
  readonly archNeutral: boolean;
  /** The path carries the target's own triple (Debian multiarch): right machine, wrong place. */
  readonly targetTriple: boolean;
  /** Host and target are machines of one kind: nothing is ever skipped as incompatible. */
  readonly sameMachine: boolean;
}
