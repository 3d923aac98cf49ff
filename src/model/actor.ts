import type { ByteString } from "./byte-string.ts";
import type { Role, Side } from "./facts.ts";
import type { Machine } from "./machine.ts";
import type { Tracee } from "./tracee.ts";

/** A program's name, taken apart: `aarch64-linux-gnu-gcc-12` is gcc for aarch64-linux-gnu. */
export interface Tool {
  /** Without triple, version and wrapper suffix. */
  readonly name: string;
  /** The triple in front of the name; null without. */
  readonly triple: string | null;
  readonly role: Role;
  /** Runs the real compiler and linker as children, which know more than it does. */
  readonly driver: boolean;
}

/** What one program's own name, path, arguments and environment say about the machine it works for. */
export interface Evidence {
  /** The machine it makes code for; null when nothing says so. */
  readonly machine: Machine | null;
  /** The triple behind `machine`, where a whole one was seen: tells x86_64-poky-linux from x86_64-linux-gnu. */
  readonly triple: string | null;
  /** `--sysroot` and its kin; null without, `/` for none in effect. */
  readonly sysroot: ByteString | null;
  /** The folder of the compiler proper, where the log shows it by that alone: `/opt/x/lib/gcc/<triple>/12`. */
  readonly compiler: ByteString | null;
  /** Said outright: rustc without --target makes host code. */
  readonly says: Side | null;
  /** An unprefixed compiler driver or tool: speaks for the host only when nothing else does. */
  readonly plain: boolean;
}

/**
 * All tracees that did the same kind of work: one program, called by the same chain of programs, with the
 * same evidence of the machine it works for. A build runs 50,000 compilers; it has a few hundred actors, so
 * memory and judgement grow with those.
 */
export interface Actor {
  readonly id: number;
  readonly parent: Actor | null;
  readonly program: ByteString | null;
  readonly tool: Tool;
  readonly role: Role;
  readonly evidence: Evidence;
  /** Where it worked, when that tells a side: a `-native` recipe, Buildroot's `host-*`. */
  readonly place: "host" | null;
  /** The first of its tracees. */
  readonly first: Tracee;
  readonly children: Actor[];
}
