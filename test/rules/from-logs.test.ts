import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { InspectOptions } from "../../src/inspect-options.ts";
import type { Report } from "../../src/model/report.ts";
import { readBuiltInPacks } from "../../src/rules/load.ts";
import { bytesOf, readDocuments, type Section } from "../documents/read-documents.ts";

const folder = mkdtempSync(join(tmpdir(), "hostbleed-from-logs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const documents = readDocuments(new URL("./from-logs/", import.meta.url));
const rules = readBuiltInPacks().flatMap((pack) => pack.rules.map(({ id }) => id));

for (const { name, sections } of documents) {
  describe(name, () => {
    for (const section of sections) {
      test(section.title, async () => {
        const report = await judged(section, "strace");
        expect([...told(report)].join("\n")).toBe(linesOf(section, "findings").join("\n"));
      });
      if (!section.blocks.has("rightly")) continue;
      test(`${section.title}, done rightly`, async () => {
        const report = await judged(section, "rightly");
        expect([...told(report)].join("\n")).toBe(linesOf(section, "rightly-findings").join("\n"));
      });
    }
  });
}

describe("each rule", () => {
  const fired = new Map<string, Section[]>();
  for (const { name, sections } of documents)
    for (const section of sections)
      for (const id of new Set(
        linesOf(section, "findings").map((line) => line.split(" ")[1] ?? ""),
      ))
        if (id.startsWith(`${name}/`)) fired.set(id, [...(fired.get(id) ?? []), section]);
  const unasked = documents.flatMap(({ sections }) =>
    sections.flatMap((section) => linesOf(section, "unasked")),
  );

  test.each(rules)("%s has a log that fires it, or a reason why none can", (id) => {
    expect(fired.has(id)).toBe(!unasked.includes(id));
  });

  test("and no other has one", () => {
    for (const id of [...fired.keys(), ...unasked]) expect(rules).toContain(id);
  });

  test.each([...fired])("%s is silent where the same is done rightly", (id, sections) => {
    const verdicts = sections.flatMap((section) => linesOf(section, "findings"));
    if (verdicts.some((line) => line.startsWith(`allowed ${id} `))) return;
    const rightly = sections.filter(({ blocks }) => blocks.has("rightly"));
    expect(rightly).not.toEqual([]);
    for (const section of rightly)
      expect(linesOf(section, "rightly-findings").join("\n")).not.toContain(` ${id} `);
  });
});

async function judged(section: Section, block: string): Promise<Report> {
  const trace = join(folder, "build.strace");
  writeFileSync(trace, bytesOf(section.blocks.get(block) ?? ""));
  return inspect([trace], { ...givenIn(section), show: "allowed" });
}

/** `target aarch64-linux-gnu` and `sysroot /s`, one a line; all else is inferred. */
function givenIn(section: Section): InspectOptions {
  const words = linesOf(section, "given").map((line) => line.split(" "));
  const all = (name: string) =>
    words.filter(([word]) => word === name).map(([, value = ""]) => value);
  const [target] = all("target");
  return { ...(target === undefined ? {} : { target }), sysroots: all("sysroot") };
}

function* told({ findings, groups, allowed = [] }: Report): Iterable<string> {
  const causes = new Map(groups.map(({ id, cause }) => [id, cause.kind]));
  for (const { severity, rule, path, group } of findings)
    yield `${severity} ${rule} ${path} ${causes.get(group ?? "") ?? "unknown"}`;
  for (const { rule, path } of allowed) yield `allowed ${rule} ${path}`;
}

function linesOf({ blocks }: Section, name: string): readonly string[] {
  return (blocks.get(name) ?? "").split("\n").filter((line) => line !== "");
}
