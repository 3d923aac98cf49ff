import { type ByteString, fromText } from "../model/byte-string.ts";

/** A parsed glob: what must stand one after the other. */
export type GlobNode =
  | { readonly kind: "byte"; readonly code: number }
  /** `?`: one byte, but no slash. */
  | { readonly kind: "one" }
  /** `[a-z]`: for each byte 1 where it belongs. */
  | { readonly kind: "class"; readonly members: Uint8Array }
  /** `*`: any bytes but slashes. */
  | { readonly kind: "star" }
  /** `**` at the end: anything. */
  | { readonly kind: "deep" }
  /** `**` with a slash behind it: any number of whole folders, none included. */
  | { readonly kind: "folders" }
  | { readonly kind: "choice"; readonly branches: readonly (readonly GlobNode[])[] };

/** What is wrong with a glob, in words for its author. */
export class GlobError extends Error {
  override readonly name = "GlobError";
}

/** Longest glob that is accepted, in bytes. */
export const GLOB_LIMIT = 512;
const BRACE_DEPTH_LIMIT = 4;

/**
 * Parses a glob: `*`, `**`, `?`, `[a-z]`, `[!a-z]`, `{a,b}`, and `\` before a byte that stands for itself.
 * @throws {GlobError}
 */
export function parseGlob(text: string): readonly GlobNode[] {
  const glob = fromText(text);
  if (glob === "") throw new GlobError("a glob cannot be empty");
  if (glob.length > GLOB_LIMIT) throw new GlobError(`a glob has at most ${GLOB_LIMIT} bytes`);
  const reader: Reader = { glob, at: 0, braces: 0 };
  const nodes = readSequence(reader);
  if (reader.at < glob.length) throw new GlobError(`"${glob[reader.at]}" closes no brace`);
  return nodes;
}

interface Reader {
  readonly glob: ByteString;
  at: number;
  braces: number;
}

function readSequence(reader: Reader): GlobNode[] {
  const { glob } = reader;
  const nodes: GlobNode[] = [];
  while (reader.at < glob.length) {
    const mark = glob[reader.at];
    if (mark === "}" || (mark === "," && reader.braces > 0)) break;
    if (mark === "*") nodes.push(readStars(reader));
    else if (mark === "[") nodes.push(readClass(reader));
    else if (mark === "{") nodes.push(readChoice(reader));
    else if (mark === "?") nodes.push(taken(reader, { kind: "one" }));
    else nodes.push({ kind: "byte", code: readByte(reader) });
  }
  return nodes;
}

function taken(reader: Reader, node: GlobNode): GlobNode {
  reader.at += 1;
  return node;
}

function readByte(reader: Reader): number {
  if (reader.glob[reader.at] === "\\") {
    reader.at += 1;
    if (reader.at === reader.glob.length)
      throw new GlobError("a backslash at the end quotes nothing");
  }
  const code = reader.glob.charCodeAt(reader.at);
  reader.at += 1;
  return code;
}

/** Two stars cross slashes only where they are a whole component, as in gitignore(5). */
function readStars(reader: Reader): GlobNode {
  const { glob } = reader;
  const start = reader.at;
  while (glob[reader.at] === "*") reader.at += 1;
  const before = start === 0 ? "/" : (glob[start - 1] ?? "");
  const after = glob[reader.at] ?? "";
  if (reader.at - start !== 2 || !"/{,".includes(before)) return { kind: "star" };
  if (after === "/") return taken(reader, { kind: "folders" });
  const ends = after === "" || (reader.braces > 0 && (after === "}" || after === ","));
  return { kind: ends ? "deep" : "star" };
}

function readClass(reader: Reader): GlobNode {
  const { glob } = reader;
  const members = new Uint8Array(256);
  reader.at += 1;
  const negated = glob[reader.at] === "!" || glob[reader.at] === "^";
  if (negated) reader.at += 1;
  for (let first = true; first || glob[reader.at] !== "]"; first = false) {
    if (reader.at >= glob.length) throw new GlobError('"[" has no "]"');
    const low = readByte(reader);
    let high = low;
    if (glob[reader.at] === "-" && reader.at + 1 < glob.length && glob[reader.at + 1] !== "]") {
      reader.at += 1;
      high = readByte(reader);
    }
    if (low > 0x7f || high > 0x7f) throw new GlobError("a class holds ASCII characters only");
    if (low > high) throw new GlobError("a range in a class runs backwards");
    members.fill(1, low, high + 1);
  }
  reader.at += 1;
  if (negated) for (let code = 0; code < 256; code++) members[code] = 1 - (members[code] ?? 0);
  members[SLASH] = 0;
  return { kind: "class", members };
}

function readChoice(reader: Reader): GlobNode {
  const branches: GlobNode[][] = [];
  reader.braces += 1;
  if (reader.braces > BRACE_DEPTH_LIMIT) {
    throw new GlobError(`braces nest at most ${BRACE_DEPTH_LIMIT} deep`);
  }
  do {
    reader.at += 1;
    branches.push(readSequence(reader));
  } while (reader.glob[reader.at] === ",");
  if (reader.glob[reader.at] !== "}") throw new GlobError('"{" has no "}"');
  if (branches.length === 1) throw new GlobError("braces hold at least two choices");
  reader.at += 1;
  reader.braces -= 1;
  return { kind: "choice", branches };
}

const SLASH = 0x2f;
