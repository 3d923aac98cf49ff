import { createHash } from "node:crypto";
import type { ByteString } from "../model/byte-string.ts";
import type { Leak } from "../model/leak.ts";
import { isWithin } from "../model/path.ts";

/** Folders whose own place says nothing: a checkout, a recipe's work folder, somebody's home. */
export interface Roots {
  readonly sysroots: readonly ByteString[];
  readonly nativeSysroots: readonly ByteString[];
  readonly buildDirs: readonly ByteString[];
}

/**
 * A name for a finding that stays the same on another day, in another folder, with other pids and line numbers:
 * what is left of it when those are taken away. 16 hexadecimal digits.
 */
export function fingerprintOf(leak: Leak, roots: Roots): string {
  const { rule, facts } = leak;
  const parts = [rule.id, placeless(facts.path, roots), facts.program, facts.side];
  return createHash("sha256").update(parts.join("\0"), "latin1").digest("hex").slice(0, 16);
}

/** A path with the build's own roots and what `mkstemp` made of it replaced by their names. */
export function placeless(path: ByteString, roots: Roots): ByteString {
  const named: readonly (readonly [string, readonly ByteString[]])[] = [
    ["<native-sysroot>", roots.nativeSysroots],
    ["<sysroot>", roots.sysroots],
    ["<build>", roots.buildDirs],
  ];
  let best: { readonly name: string; readonly root: ByteString } | null = null;
  for (const [name, folders] of named) {
    for (const root of folders)
      if (isWithin(path, root) && root.length > (best?.root.length ?? 0)) best = { name, root };
  }
  const rooted =
    best === null
      ? path.replace(/^\/(?:home\/[^/]+|root)\//, "<home>/")
      : best.name + path.slice(best.root.length);
  return rooted
    .replace(/\/tmp\/cc[A-Za-z0-9]{6}/, "/tmp/cc")
    .replace(/\/tmp\.[A-Za-z0-9]{6,}/, "/tmp.");
}
