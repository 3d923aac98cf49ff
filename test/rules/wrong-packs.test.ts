import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUILT_IN_FOLDER } from "../../src/rules/load.ts";
import { parsePack } from "../../src/rules/parse-pack.ts";
import { YAML_LIMITS } from "../../src/rules/yaml-text.ts";

const SECTION = /^## (.+)\n\n```yaml\n([\s\S]*?)```\n\n```problems\n([\s\S]*?)```/gm;
const document = readFileSync(new URL("wrong-packs.md", import.meta.url), "utf8");

describe("what is said of", () => {
  const sections = [...document.matchAll(SECTION)];
  test("every section of the document", () => {
    expect(sections.length).toBe(document.match(/^## /gm)?.length);
  });
  test.each(sections.map(([, title, yaml, problems]) => ({ title, yaml, problems })))(
    "$title",
    ({ yaml, problems }) => {
      expect(problemsOf(yaml ?? "")).toBe(problems);
    },
  );
});

function problemsOf(yaml: string): string {
  const parsed = parsePack(yaml, { source: "FILE", builtIn: false });
  if ("rules" in parsed) return "";
  return parsed
    .map(
      ({ line, column, path, message }) =>
        `FILE:${line}:${column}: ${path ? `${path}: ` : ""}${message}\n`,
    )
    .join("");
}

describe("a hostile file is refused in bounded time:", () => {
  const names = "bcdefghijklm";
  test.each<[string, string, string]>([
    ["lists a hundred thousand deep", "- ".repeat(100_000), `${YAML_LIMITS.depth} levels`],
    ["brackets a hundred thousand deep", "[".repeat(100_000), `${YAML_LIMITS.depth} levels`],
    ["question marks a hundred thousand deep", "? ".repeat(100_000), `${YAML_LIMITS.depth} levels`],
    [
      "aliases that double and double",
      [
        "a: &a [x, x, x, x, x, x, x, x, x]",
        ...[...names].map(
          (name, index) => `${name}: &${name} [${`*${`a${names}`[index]},`.repeat(4)}]`,
        ),
      ].join("\n"),
      "uses of an alias",
    ],
    [
      "aliases without end",
      `a: &a 1\nb: [${"*a,".repeat(50_000)}]`,
      `${YAML_LIMITS.entries} entries`,
    ],
    [
      "a mapping with thirty thousand keys",
      Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join("\n"),
      `${YAML_LIMITS.entries} entries`,
    ],
  ])("%s", (_, yaml, words) => {
    expect(problemsOf(yaml)).toContain(words);
  });
});

test("a pack with any part torn out, doubled or replaced gives problems with a place, and never throws", async () => {
  const template = readFileSync(`${BUILT_IN_FOLDER}/_template.yaml`, "utf8");
  const edit = fc.record({
    at: fc.nat(template.length),
    length: fc.nat(40),
    text: fc.oneof(
      fc.constantFrom(
        "",
        "- ",
        "{",
        "[",
        "}",
        "*a",
        "&a ",
        "? ",
        "!!set ",
        "\t",
        "'",
        '"',
        "@",
        "~",
        "<<: *a\n",
      ),
      fc.string({ maxLength: 8 }),
    ),
  });
  await fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let yaml = template;
      for (const { at, length, text } of edits)
        yaml = yaml.slice(0, at) + text + yaml.slice(at + length);
      const parsed = parsePack(yaml, { source: "FILE", builtIn: false });
      if ("rules" in parsed) return;
      expect(parsed.length).toBeGreaterThan(0);
      for (const { line, column, message } of parsed) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(message).toMatch(/^(?:missing, )?expected |^no such key$/);
      }
    }),
    { numRuns: 300 },
  );
});
