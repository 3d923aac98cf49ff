import { expect, test } from "vitest";
import { junit } from "../../src/report/junit.ts";
import { PLAIN } from "../../src/report/reporter.ts";
import { cleanReport, report } from "./report.fixture.ts";
import { parseXml, type XmlElement } from "./xml.ts";

/** Jenkins' junit-10.xsd, the part that is used: element, attributes, children. */
const SHAPE: Record<string, { required: string[]; optional: string[]; children: string[] }> = {
  testsuites: {
    required: [],
    optional: ["name", "time", "tests", "failures", "errors"],
    children: ["testsuite"],
  },
  testsuite: {
    required: ["name", "tests", "failures", "errors"],
    optional: ["time", "skipped", "timestamp", "hostname", "id", "package"],
    children: ["properties", "testcase", "system-out", "system-err"],
  },
  testcase: {
    required: ["name", "classname"],
    optional: ["time", "status"],
    children: ["skipped", "error", "failure", "system-out", "system-err"],
  },
  failure: { required: [], optional: ["type", "message"], children: [] },
  skipped: { required: [], optional: ["type", "message"], children: [] },
  "system-out": { required: [], optional: [], children: [] },
};

function expectShape(element: XmlElement): void {
  const shape = SHAPE[element.name];
  expect(shape, element.name).toBeDefined();
  if (shape === undefined) return;
  const names = Object.keys(element.attributes);
  expect([...shape.required, ...shape.optional]).toEqual(expect.arrayContaining(names));
  expect(names).toEqual(expect.arrayContaining(shape.required));
  for (const child of element.children) {
    expect(shape.children).toContain(child.name);
    expectShape(child);
  }
}

function parsed(...args: Parameters<typeof junit>): XmlElement {
  return parseXml([...junit(...args)].join(""));
}

test("each cause is a test case, and the file has the shape that Jenkins reads", () => {
  expect([...junit(report)].join("")).toMatchSnapshot();
  expectShape(parsed(report));
});

test("a clean run whose known findings are hidden says of no new file, not of none", () => {
  const name = (suppressed: number) =>
    parsed({ ...cleanReport, summary: { ...cleanReport.summary, suppressed } }).children[0]
      ?.children[0]?.attributes.name;
  expect([name(0), name(2)]).toEqual([
    "no host file was used for the target",
    "no new host file was used for the target",
  ]);
});

test("the amounts are those of the cases", () => {
  const [suite] = parsed(report).children;
  const cases = suite?.children ?? [];
  const having = (name: string) =>
    cases.filter((each) => each.children.some((child) => child.name === name)).length;
  expect(suite?.attributes).toMatchObject({
    tests: String(cases.length),
    failures: String(having("failure")),
    skipped: String(having("skipped")),
  });
});

test.each([
  ["never", 0],
  ["error", 3],
  ["warning", 4],
  ["note", 5],
] as const)("with --fail-on %s there are %i failures", (failOn, failures) => {
  expect(parsed(report, { ...PLAIN, failOn }).attributes.failures).toBe(String(failures));
});

test("a clean report has one passing case, since a suite without cases counts as broken", () => {
  expect([...junit(cleanReport)].join("")).toMatchSnapshot();
  expectShape(parsed(cleanReport));
});
