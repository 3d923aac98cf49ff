import { type ByteString, toText } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";
import { nameOf } from "./lineage.ts";
import type { Gap } from "./standing.ts";

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** `was` or `were`. */
export function wasOrWere(amount: number): string {
  return amount === 1 ? "was" : "were";
}

/** `between build-script-build and pkg-config`; with what `env` was told, where that took the variable away. */
export function between({ before, after }: Gap): string {
  const name = nameOf(before);
  if (name !== "env" && name !== "sudo") return `between ${name} and ${nameOf(after)}`;
  const [, option = ""] = before.argv ?? [];
  const above = before.parent === null ? name : parentName(before);
  const how = option.startsWith("-") ? `${name} ${toText(option)}` : name;
  return `between ${above} and ${nameOf(after)} (${how})`;
}

function parentName({ parent }: Gap["before"]): string {
  return parent === null ? "unknown" : nameOf(parent);
}

/** A path's last component, as text. */
export function shortName(path: ByteString): string {
  return toText(baseName(path));
}
