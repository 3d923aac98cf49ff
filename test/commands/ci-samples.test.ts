import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { COMMANDS } from "../../src/commands/index.ts";
import { REPORTER_NAMES } from "../../src/report/index.ts";
import { hostbleed } from "./harness.ts";

const FOLDER = new URL("../../samples/ci/", import.meta.url);
const FILES = readdirSync(FOLDER).sort();

function source(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

/** The words of each call of hostbleed in a file, up to the `--` before the build's own command. */
function callsIn(text: string): readonly (readonly string[])[] {
  const joined = text.replaceAll(/\\?\n\s+/g, " ");
  return [...joined.matchAll(/npx --yes hostbleed (.*?) -- /g)].map(([, call = ""]) =>
    call.trim().split(/\s+/),
  );
}

describe.each(FILES)("samples/ci/%s", (name) => {
  test("calls hostbleed with a command and options that it has", async () => {
    const calls = callsIn(source(name));
    expect(calls.length).toBeGreaterThan(0);
    for (const [command = "", ...words] of calls) {
      expect(Object.keys(COMMANDS)).toContain(command);
      const { stdout: help } = await hostbleed([command, "--help"]);
      for (const option of words.filter((word) => word.startsWith("--")))
        expect(help).toMatch(new RegExp(`^ {2}(?:-\\w, )?${option}\\b`, "m"));
    }
  });

  test("names reporters that are there, and keeps every file that they write", () => {
    const text = source(name);
    for (const [at, word] of callsIn(text).flat().entries()) {
      const [, reporter, file] = /^(\w+)=(\S+)$/.exec(word) ?? [];
      if (reporter === undefined || file === undefined) continue;
      expect(REPORTER_NAMES, `word ${at}`).toContain(reporter);
      expect(text.split(file).length, `${file} is written and never kept`).toBeGreaterThan(2);
    }
  });
});

test.each(FILES.filter((name) => name.endsWith(".yml")))(
  "samples/ci/%s is YAML without a mistake",
  (name) => {
    expect(parse(source(name), { strict: true, uniqueKeys: true })).toBeTypeOf("object");
  },
);
