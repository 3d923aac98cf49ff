import {
  Composer,
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
} from "yaml";

/** Something wrong with a file, and where. `path` names the place as `rules.0.when`; empty for the whole. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** A path into a YAML document. */
export type YamlPath = readonly PropertyKey[];

/** A YAML document as plain values, and where each of them stands. */
export interface YamlText {
  readonly value: unknown;
  /** Where the value (or with `"key"`, its key) stands; where a part is missing, what should hold it. */
  placeOf(path: YamlPath, part?: "key"): { readonly line: number; readonly column: number };
}

/** Limits that no honest pack comes near. */
export const YAML_LIMITS = { depth: 32, entries: 2000, aliases: 50 } as const;

/** YAML faults that are told: one lost bracket or quote brings dozens of others that nobody made. */
const TOLD = 3;

/** Parses one YAML document of an untrusted author. */
export function parseYaml(
  text: string,
  /** Longest list with an entry a line. */
  entries: number = YAML_LIMITS.entries,
): YamlText | readonly Problem[] {
  const lines = new LineCounter();
  const at = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), path: "", message };
  };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  // Before composing: the composer recurses, and on 50,000 nested lists it took the whole process down instead of throwing.
  const excess = tooMuch(tokens, entries);
  if (excess) return [at(excess.offset, excess.message)];
  const documents = [...new Composer({ uniqueKeys: true }).compose(tokens, true, text.length)];
  const document = documents[0];
  if (!document?.contents) return [at(0, "expected a mapping, the file is empty")];
  if (documents.length > 1)
    return [at(documents[1]?.range[0] ?? 0, "expected one document a file")];
  const faults = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (faults.length > 0)
    return faults.slice(0, TOLD).map((fault) => at(fault.pos[0], yamlMessage(fault.message)));
  const traps = trapsIn(document);
  if (traps.length > 0) return traps.map(({ offset, message }) => at(offset, message));
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: YAML_LIMITS.aliases });
  } catch {
    return [at(0, `expected at most ${YAML_LIMITS.aliases} uses of an alias`)];
  }
  return {
    value,
    placeOf: (path, part) => {
      const { line, col } = lines.linePos(offsetOf(document, path, part));
      return { line, column: col };
    },
  };
}

function yamlMessage(message: string): string {
  return `expected YAML: ${message.split("\n")[0] ?? message}`;
}

interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** What YAML allows and a plain value cannot hold. */
function trapsIn(document: Document): readonly Fault[] {
  const traps: Fault[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return;
      traps.push({ offset: startOf(alias) ?? 0, message: `expected an anchor "&${alias.source}"` });
    },
    Pair: (_, { key }) => {
      const offset = startOf(key) ?? 0;
      // !!binary makes an object of a scalar.
      if (!isScalar(key) || (typeof key.value === "object" && key.value !== null))
        traps.push({ offset, message: "expected a text as key" });
      else if (key.value === "__proto__")
        traps.push({ offset, message: "expected no key __proto__" });
    },
  });
  return traps;
}

function tooMuch(tokens: readonly CST.Token[], entries: number): Fault | undefined {
  let aliases = 0;
  const waiting = tokens.map((token): [CST.Token, number] => [token, 0]);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [token, depth] = next;
    if (depth > YAML_LIMITS.depth) {
      return { offset: token.offset, message: `expected at most ${YAML_LIMITS.depth} levels` };
    }
    if (token.type === "alias" && ++aliases > YAML_LIMITS.aliases) {
      return { offset: token.offset, message: `expected at most ${YAML_LIMITS.aliases} aliases` };
    }
    if (token.type === "document" && token.value) waiting.push([token.value, depth]);
    if (!("items" in token)) continue;
    // The composer compares each key of a mapping with all before it.
    const most = token.type === "block-seq" ? entries : YAML_LIMITS.entries;
    if (token.items.length > most) {
      return { offset: token.offset, message: `expected at most ${most} entries` };
    }
    for (const item of token.items) {
      if ("key" in item && item.key) waiting.push([item.key, depth + 1]);
      if (item.value) waiting.push([item.value, depth + 1]);
    }
  }
  return undefined;
}

function offsetOf(document: Document, path: YamlPath, part: "key" | undefined): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  path.forEach((step, index) => {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      const wanted = part === "key" && index === path.length - 1 ? pair?.key : pair?.value;
      offset = startOf(wanted) ?? startOf(pair?.key) ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      offset = startOf(item) ?? offset;
      node = item;
    } else node = undefined;
  });
  return offset ?? 0;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  return Array.isArray(node.range) && typeof node.range[0] === "number" ? node.range[0] : undefined;
}
