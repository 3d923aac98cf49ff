import { expect, test } from "vitest";
import { html } from "../../src/report/html.ts";
import { cleanReport, finding, report } from "./report.fixture.ts";
import { parseXml, type XmlElement } from "./xml.ts";

function pageOf(of: typeof report): XmlElement {
  return parseXml([...html(of)].join("").replace("<!DOCTYPE html>\n", "").trimEnd());
}

/** All text of an element, as a reader sees it. */
function textOf({ text, children }: XmlElement): string {
  return text + children.map(textOf).join(" ");
}

function all(root: XmlElement, name: string): readonly XmlElement[] {
  return root.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...all(child, name),
  ]);
}

test("a page has a heading for each cause, its processes, its files and its fix", () => {
  const page = pageOf(report);
  const headings = all(page, "h2").map(textOf);
  for (const { title } of report.groups) expect(headings.join()).toContain(title);
  const text = textOf(page);
  for (const { path } of report.findings) expect(text).toContain(path);
  for (const { fix } of report.groups) for (const line of fix) expect(text).toContain(line);
  for (const path of report.findings.flatMap(({ taints }) => taints)) expect(text).toContain(path);
});

test("a clean build has no heading but that of what was judged", () => {
  expect(all(pageOf(cleanReport), "h2").map(textOf)).toEqual(["What was judged"]);
  expect(textOf(pageOf(cleanReport))).toContain("no file of the build host was used");
});

test("many files of one process are folded, and more than a browser likes are counted", () => {
  const findings = Array.from({ length: 600 }, (_, at) =>
    finding(`f${at}`, { path: `/usr/include/${at}.h` }),
  );
  const page = pageOf({ ...cleanReport, findings });
  expect(all(page, "details").map(({ children }) => textOf(children[0] as XmlElement))).toEqual([
    "495 headers more",
  ]);
  expect(textOf(page)).toContain("and 100 files more: see the JSON report");
});
