import { readdirSync } from "node:fs";
import { join } from "node:path";

/** True for an argument that a shell would expand. */
export function isGlob(argument: string): boolean {
  return /[*?[]/.test(argument);
}

/** The paths that a glob names, sorted: `*`, `?`, `[a-z]` and `[!a-z]` within a component, as in a shell. */
export function expandGlob(pattern: string): string[] {
  let found = [pattern.startsWith("/") ? "/" : "."];
  for (const part of pattern.split("/").filter((one) => one !== "")) {
    found = found.flatMap((folder) => namesFor(part, folder).map((name) => join(folder, name)));
  }
  return found.sort();
}

function namesFor(part: string, folder: string): string[] {
  if (!isGlob(part)) return [part];
  const matcher = matcherOf(part);
  const hidden = part.startsWith(".");
  return entriesOf(folder).filter((name) => name.startsWith(".") === hidden && matcher.test(name));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const TOKEN = /\*+|\?|\[(?<not>[!^]?)(?<members>[^\]]+)\]|./gsu;

/** The user's own pattern over names of at most 255 bytes: backtracking has nothing to feed on. */
function matcherOf(part: string): RegExp {
  const source = part.replace(TOKEN, (token, not?: string, members?: string) => {
    if (token.startsWith("*")) return ".*";
    if (token === "?") return ".";
    if (members === undefined) return token.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
    return `[${not === "" ? "" : "^"}${members.replace(/[\\\]^[]/g, "\\$&")}]`;
  });
  return new RegExp(`^${source}$`, "su");
}
