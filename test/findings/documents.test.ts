import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { Place, Report } from "../../src/model/report.ts";
import { bytesOf, readDocuments } from "../documents/read-documents.ts";

const folder = mkdtempSync(join(tmpdir(), "hostbleed-findings-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a block of each name shows of a report. */
const VIEWS: Readonly<Record<string, (report: Report) => Iterable<string>>> = {
  causes: causeLines,
  taints: taintLines,
};

/** Of documents whose builds have another than /sysroot, or none. */
const SYSROOTS: Readonly<Record<string, readonly string[]>> = { "causes-multiarch": [] };

for (const { name, sections } of readDocuments(new URL("./", import.meta.url))) {
  describe(name, () => {
    for (const { title, blocks } of sections) {
      test(title, async () => {
        const report = await judged(blocks.get("strace") ?? "", SYSROOTS[name] ?? ["/sysroot"]);
        const views = Object.keys(VIEWS).filter((view) => blocks.has(view));
        expect(views).not.toEqual([]);
        for (const view of views)
          expect([...(VIEWS[view]?.(report) ?? [])].join("\n")).toBe(blocks.get(view)?.trimEnd());
      });
    }
  });
}

async function judged(strace: string, sysroots: readonly string[]): Promise<Report> {
  const trace = join(folder, "build.strace");
  writeFileSync(trace, bytesOf(strace));
  return inspect([trace], {
    sysroots,
    buildDirs: ["/build"],
    target: "aarch64-linux-gnu",
    host: "x86_64-linux-gnu",
  });
}

function* causeLines({ groups, findings }: Report): Iterable<string> {
  for (const { id, severity, cause, title } of groups) {
    yield `${severity} ${cause.kind}: ${title}`;
    for (const { name, state, at, value } of cause.variables)
      yield `  ${name} ${state} ${placed(at)}${value === null ? "" : ` = ${value}`}`;
    for (const { flag, at } of cause.flags) yield `  ${flag} ${placed(at)}`;
    for (const { group, process, path } of findings)
      if (group === id) yield `  - ${process.chain.join(" > ")}: ${path}`;
  }
}

function* taintLines({ findings }: Report): Iterable<string> {
  for (const { path, taints } of findings) {
    yield path;
    for (const product of taints) yield `  ${product}`;
  }
}

function placed(at: Place | null): string {
  return at === null ? "nowhere" : `at ${at.program}, pid ${at.pid}, line ${at.line}`;
}
