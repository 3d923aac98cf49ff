import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readBuiltInPacks } from "../../src/rules/load.ts";

const program = fileURLToPath(new URL("../../src/rules/bundle.ts", import.meta.url));
let dist = "";
beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), "dist-"));
  execFileSync(process.execPath, ["--import", "tsx", program, dist]);
});
afterAll(() => rmSync(dist, { recursive: true }));

function read(name: string) {
  return JSON.parse(readFileSync(join(dist, name), "utf8"));
}

test("the bundle holds what the YAML says, but for the examples", () => {
  const expected = readBuiltInPacks().map((pack) => ({
    ...pack,
    source: `rules/${pack.name}.yaml`,
    examples: [],
  }));
  expect(read("rules/packs.json")).toEqual(expected);
});

test("the JSON schema accepts every pack and refuses what is none", () => {
  const schema = z.fromJSONSchema(read("rule-pack.schema.json"));
  for (const pack of readBuiltInPacks()) {
    const given = parse(readFileSync(pack.source, "utf8"));
    expect(schema.safeParse(given).error, pack.name).toBe(undefined);
    expect(schema.safeParse({ ...given, colour: "blue" }).success).toBe(false);
    expect(schema.safeParse({ ...given, rules: [{ id: "a" }] }).success).toBe(false);
  }
});

test("the JSON schema says to editors what each key means", () => {
  const { $schema, title, properties } = read("rule-pack.schema.json");
  expect({ $schema, title }).toEqual({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "hostbleed rule pack",
  });
  expect(Object.keys(properties.rules.items.properties.when.properties)).toContain("same-machine");
  expect(properties.pack.description).toBeTruthy();
});
