import { jsonText } from "./printable.ts";
import type { Reporter } from "./reporter.ts";

/** The report itself as one JSON object; long arrays come element by element, so none is held as text. */
export const json: Reporter = function* json(report) {
  const entries = Object.entries(report).filter(([, value]) => value !== undefined);
  let separator = "{\n";
  for (const [key, value] of entries) {
    yield `${separator}  ${JSON.stringify(key)}: `;
    if (Array.isArray(value) && value.length > 0) yield* elements(value);
    else yield indented(value, "  ");
    separator = ",\n";
  }
  yield "\n}\n";
};

function* elements(values: readonly unknown[]): Iterable<string> {
  let separator = "[\n";
  for (const value of values) {
    yield `${separator}    ${indented(value, "    ")}`;
    separator = ",\n";
  }
  yield "\n  ]";
}

function indented(value: unknown, indent: string): string {
  return jsonText(value, 2).replaceAll("\n", `\n${indent}`);
}
