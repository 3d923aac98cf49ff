import type { Finding } from "../model/report.ts";

/** One thing to change, before it is said in anybody's language. */
export type Remedy =
  /** Give the target's build a variable. */
  | { readonly act: "set"; readonly name: string; readonly value: string }
  /** Take a variable away that leads to the host. */
  | { readonly act: "clear"; readonly name: string }
  /** Take a flag out of a variable; `value` is what is left. */
  | {
      readonly act: "strip";
      readonly name: string;
      readonly flag: string;
      readonly value: string;
    }
  /** Give compilers and linkers the sysroot; `driver` is the one that ran without. */
  | { readonly act: "sysroot"; readonly driver: string }
  /** Give libclang arguments; in a build script for its target alone, since host crates may use it too. */
  | { readonly act: "libclang"; readonly words: readonly string[]; readonly perTarget: boolean }
  /** Keep a build system's own searches in the sysroot. */
  | { readonly act: "confine"; readonly tool: "cmake" | "meson" }
  /** Put the package into the sysroot that has this file. */
  | { readonly act: "depend"; readonly file: string }
  /** Use the build's own program instead of the host's; `own` is the one that is there. */
  | { readonly act: "replace"; readonly program: string; readonly own: string | null }
  /** Lead a symlink of the sysroot to `inside`, which lies in it; null where the sysroot has no such file. */
  | {
      readonly act: "relink";
      readonly link: string;
      readonly target: string;
      readonly inside: string | null;
    }
  /** Nothing that a setting could do: what somebody has to change, and where. */
  | { readonly act: "edit"; readonly what: string };

/** A remedy, the cause that calls for it, and the findings that it closes. */
export interface Prescription {
  readonly remedy: Remedy;
  /** The title of the group, or several. */
  readonly causes: readonly string[];
  readonly closes: readonly Finding[];
}

/** Where the remedies apply, with real paths. */
export interface Site {
  /** Null when the report knows no sysroot. */
  readonly sysroot: string | null;
  /** Folders of the sysroot, or of the root that the target shares with the host, that hold .pc files, likeliest first. */
  readonly pkgConfigFolders: readonly string[];
  readonly target: string | null;
  /** As rustc spells it. */
  readonly rustTarget: string | null;
  readonly idiom: Idiom;
}

/** How the build's own settings are written down. */
export type Idiom = "yocto" | "buildroot" | "plain";

/** Prints remedies as one kind of file. */
export type Format = (prescriptions: readonly Prescription[], site: Site) => string;
