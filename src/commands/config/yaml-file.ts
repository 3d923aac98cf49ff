import type { z } from "zod";
import { type ErrorCode, HostbleedError } from "../../model/errors.ts";
import { systemReason } from "../../model/system-reason.ts";
import { readAtMost } from "../../rules/load.ts";
import { problemText } from "../../rules/problem-text.ts";
import { schemaProblems } from "../../rules/schema-problems.ts";
import { parseYaml } from "../../rules/yaml-text.ts";
import { suggestion } from "../suggestion.ts";

/** Far more than a baseline of a hundred thousand entries takes. */
const MOST_BYTES = 64 << 20;

/** The text of a file that the user named; `shown` is how errors name it. */
export function readTextFile(file: string, code: ErrorCode, shown = file): string {
  try {
    const bytes = readAtMost(file, MOST_BYTES);
    if (bytes !== null) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const { code: reason } = error as NodeJS.ErrnoException;
    if (reason === "ERR_ENCODING_INVALID_ENCODED_DATA")
      throw new HostbleedError(code, `${shown}:1:1: expected UTF-8`);
    const why = reason === "ENOENT" ? "no such file" : systemReason(error);
    throw new HostbleedError(code, `${shown}: ${why}`);
  }
  throw new HostbleedError(code, `${shown}: expected at most ${MOST_BYTES} bytes`);
}

/**
 * A YAML text as its schema sees it; an empty one is an empty mapping.
 * @throws {HostbleedError} one line for each problem: `file:line:column: path: what was expected`
 */
export function parseYamlText<S extends z.ZodType>(
  text: string,
  {
    file,
    schema,
    code,
    entries,
    keysAt = () => [],
  }: {
    readonly file: string;
    readonly schema: S;
    readonly code: ErrorCode;
    /** Longest list, where more than a person would write is honest. */
    readonly entries?: number;
    /** The keys that the mapping at a path knows, as far as one that was mistyped is to be guessed. */
    readonly keysAt?: (path: string) => readonly string[];
  },
): z.output<S> {
  const empty = text.split("\n").every((line) => /^\s*(?:#|$)/.test(line));
  const yaml = empty ? null : parseYaml(text, entries);
  if (yaml !== null && !("value" in yaml)) throw new HostbleedError(code, problemText(file, yaml));
  const value = yaml?.value ?? {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = schemaProblems(parsed.error.issues, value).map(({ path, part, message }) => ({
    ...(yaml?.placeOf(path, part) ?? { line: 1, column: 1 }),
    path: path.map(String).join("."),
    message:
      part === "key"
        ? message + suggestion(String(path.at(-1)), keysAt(path.slice(0, -1).join(".")))
        : message,
  }));
  throw new HostbleedError(code, problemText(file, problems));
}
