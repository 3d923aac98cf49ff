import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One host file that the build took, as evidence other than its trace shows. */
export interface Leak {
  /** The file itself, symlinks followed. */
  readonly path: string;
  /** As the tools asked for it, where that differs. */
  readonly as_seen?: readonly string[];
  readonly severity: "error" | "warning";
}

/** What is known of a case's build; fields that only people read are left out. */
export interface Truth {
  readonly id: string;
  readonly title: string;
  readonly target_triple: string;
  readonly host_triple: string;
  readonly sysroots: readonly string[];
  readonly native_sysroots: readonly string[];
  readonly project_dirs: readonly string[];
  readonly clean: boolean;
  readonly leaks: readonly Leak[];
  readonly trace_file: string;
}

export interface Case {
  readonly truth: Truth;
  /** Path of the trace: a file, or a folder of `strace -ff` files. */
  readonly trace: string;
}

/** Every case beside this file, by name. */
export function cases(): readonly Case[] {
  const here = import.meta.dirname;
  return readdirSync(here)
    .filter((name) => existsSync(join(here, name, "truth.json")))
    .sort()
    .map((name) => {
      const truth: Truth = JSON.parse(readFileSync(join(here, name, "truth.json"), "utf8"));
      return { truth, trace: join(here, name, truth.trace_file) };
    });
}
