import type { ByteString } from "../model/byte-string.ts";
import { GlobMachine, type Spend } from "./glob-machine.ts";
import { assemble } from "./glob-program.ts";
import { type GlobNode, parseGlob } from "./glob-syntax.ts";

/** True for texts that a glob matches as a whole. */
export type Matcher = (text: ByteString) => boolean;

/**
 * True for texts that at least one of the globs (syntax: {@link parseGlob}) matches. Plain texts, `folder/**`, `**\/name`
 * and `**\/*.ext` are compared as text; all other globs share one machine. Nothing is made before the first text comes:
 * a run asks few of the rules, and making all of them took 10 ms of every start.
 */
export function compileGlobs(globs: readonly string[], spend?: Spend): Matcher {
  let matches: Matcher | undefined;
  return (text) => {
    matches ??= matcherOf(globs, spend);
    return matches(text);
  };
}

function matcherOf(globs: readonly string[], spend: Spend | undefined): Matcher {
  const plain = new Set<ByteString>();
  const matchers: Matcher[] = [];
  const others: (readonly GlobNode[])[] = [];
  for (const nodes of globs.map(parseGlob)) {
    const shortcut = shortcutFor(nodes);
    if (typeof shortcut === "string") plain.add(shortcut);
    else if (shortcut) matchers.push(shortcut);
    else others.push(nodes);
  }
  if (plain.size > 0) matchers.push((text) => plain.has(text));
  if (others.length > 0) {
    const machine = new GlobMachine(assemble(others), spend);
    matchers.push((text) => machine.accepts(text));
  }
  const [only, ...more] = matchers;
  if (only && more.length === 0) return only;
  return (text) => matchers.some((matches) => matches(text));
}

/** A glob as a comparison of text: its plain text, a test, or undefined where it takes the machine. */
function shortcutFor(nodes: readonly GlobNode[]): ByteString | Matcher | undefined {
  const first = nodes.findIndex((node) => node.kind !== "byte");
  if (first < 0) return plainText(nodes);
  const last = nodes.findLastIndex((node) => node.kind !== "byte");
  const head = plainText(nodes.slice(0, first));
  const tail = plainText(nodes.slice(last + 1));
  const wild = nodes.slice(first, last + 1).map((node) => node.kind);
  if (wild.join() === "deep" && tail === "") return (text) => text.startsWith(head);
  if (head !== "") return undefined;
  if (wild.join() === "folders") return (text) => text === tail || text.endsWith(`/${tail}`);
  if (wild.join() === "folders,star") return (text) => text.endsWith(tail);
  return undefined;
}

function plainText(nodes: readonly GlobNode[]): ByteString {
  return nodes.map((node) => (node.kind === "byte" ? String.fromCharCode(node.code) : "")).join("");
}
