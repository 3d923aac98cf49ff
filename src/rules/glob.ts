import type { ByteString } from "../model/byte-string.ts";
import { assemble, runs } from "./glob-program.ts";
import { type GlobNode, parseGlob } from "./glob-syntax.ts";

/** True for texts that a glob matches as a whole. */
export type Matcher = (text: ByteString) => boolean;

/**
 * Compiles a glob (syntax: {@link parseGlob}). What stands before the first wildcard and behind the last one is compared
 * as plain text, which alone decides nearly every path; only what lies between them may need the machine.
 * @throws {GlobError}
 */
export function compileGlob(glob: string): Matcher {
  const nodes = parseGlob(glob);
  let first = 0;
  let last = nodes.length;
  while (first < last && nodes[first]?.kind === "byte") first++;
  while (last > first && nodes[last - 1]?.kind === "byte") last--;
  const head = plainText(nodes.slice(0, first));
  const tail = plainText(nodes.slice(last));
  const between = nodes.slice(first, last);
  if (between.length === 0) return (text) => text === head;
  const accepts = acceptor(between);
  const shortest = head.length + tail.length;
  return (text) =>
    text.length >= shortest &&
    text.startsWith(head) &&
    text.endsWith(tail) &&
    accepts(text, head.length, text.length - tail.length);
}

/** True for texts that at least one of the globs matches. */
export function compileGlobs(globs: readonly string[]): Matcher {
  const plain = new Set<ByteString>();
  const matchers: Matcher[] = [];
  for (const glob of globs) {
    const nodes = parseGlob(glob);
    if (nodes.every((node) => node.kind === "byte")) plain.add(plainText(nodes));
    else matchers.push(compileGlob(glob));
  }
  if (matchers.length === 0) return (text) => plain.has(text);
  return (text) => plain.has(text) || matchers.some((matches) => matches(text));
}

/** Accepts or refuses the bytes of `text` from `start` to before `end`. */
type Acceptor = (text: ByteString, start: number, end: number) => boolean;

function acceptor(nodes: readonly GlobNode[]): Acceptor {
  const shape = nodes.map((node) => node.kind).join(" ");
  const shortcut = SHORTCUTS[shape];
  if (shortcut) return shortcut;
  const program = assemble(nodes);
  return (text, start, end) => runs(program, text, start, end);
}

/** The commonest shapes: `prefix/**`, `**\/name`, `**\/*.ext`, `prefix/*.ext`. */
const SHORTCUTS: Readonly<Record<string, Acceptor>> = {
  deep: () => true,
  "folders star": () => true,
  folders: (text, start, end) => start === end || text.charCodeAt(end - 1) === SLASH,
  star: (text, start, end) => {
    const slash = text.indexOf("/", start);
    return slash < 0 || slash >= end;
  },
};

function plainText(nodes: readonly GlobNode[]): ByteString {
  return nodes.map((node) => (node.kind === "byte" ? String.fromCharCode(node.code) : "")).join("");
}

const SLASH = 0x2f;
