import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { REPORTER_NAMES, REPORTERS } from "../../src/report/index.ts";
import { finding, report } from "./report.fixture.ts";
import { parseXml } from "./xml.ts";

const HOSTILE = [
  "\x1b[2J\x1b[1;1H\x07",
  "\u202egnp.exe\u2066",
  "a\nb\r\n::error::x",
  '"><script>alert(1)</script>&amp;',
  "`code` ``more`` | pipe | [link](javascript:x) ![i](x) @someone #1 <b>",
  "]]>\u0000\u0085\u2028\ufeff\ufffe",
  "\ud800 lone \udc00",
  "%0A%25 100%, a:b,c",
  "--> <!-- ```\n```",
];

/** The fixture with a hostile text in every place where a name from a trace or a stranger's pack can stand. */
function hostileReport(name: string): Report {
  const [group] = report.groups;
  const [rule] = report.rules;
  if (group === undefined || rule === undefined) throw new Error("the fixture lost its parts");
  const place = { pid: 1, program: name, line: 1 };
  return {
    ...report,
    build: { ...report.build, target: name, sysroots: [`/${name}`] },
    traces: report.traces.map((trace) => ({ ...trace, source: name, advice: name })),
    groups: [
      {
        ...group,
        title: name,
        fix: [name],
        findings: ["h1"],
        cause: {
          kind: "lost-variable",
          variables: [{ name, state: "lost", at: place, value: name }],
          flags: [{ flag: name, at: place }],
        },
      },
    ],
    findings: [
      finding("h1", {
        rule: `pack/${name}`,
        path: `/usr/${name}`,
        requested: name,
        expected: { path: `/sysroot/${name}`, exists: true, known: true },
        evidence: [{ trace: name, line: 1, text: name }],
        process: { pid: 1, program: `/bin/${name}`, argv: [name, name], chain: [name, name] },
        group: group.id,
        taints: [name],
      }),
      finding("h2", { rule: `pack/${name}`, path: `/usr/${name}` }),
    ],
    rules: [{ ...rule, id: `pack/${name}`, title: name, why: name, fix: name, see: [name] }],
    undecided: [{ what: name, count: 1, text: name }],
    stale: [name],
    suppressed: [finding("h3", { path: `/usr/${name}` })],
    allowed: [finding("h4", { path: `/usr/${name}` })],
  };
}

/** What a document may hold in the raw: no control, format or lone surrogate character but line ends. */
const RAW = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const READS: Partial<Record<string, (text: string) => unknown>> = {
  json: JSON.parse,
  sarif: JSON.parse,
  gitlab: JSON.parse,
  ndjson: (text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  junit: parseXml,
  github: (text) => {
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(/^::(?:error|warning|notice) /);
  },
};

describe.each(REPORTER_NAMES)("%s", (name) => {
  test("gives the same bytes twice", async () => {
    const render = await REPORTERS[name].load();
    expect([...render(report)].join("")).toBe([...render(structuredClone(report))].join(""));
  });

  test.each(HOSTILE)("stays one well-formed document when a name holds %j", async (hostile) => {
    const text = [...(await REPORTERS[name].load())(hostileReport(hostile))].join("");
    expect(text.replaceAll("\n", "")).not.toMatch(RAW);
    READS[name]?.(text);
  });

  test("stays well-formed with any name at all", async () => {
    const render = await REPORTERS[name].load();
    await fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (hostile) => {
        const text = [...render(hostileReport(hostile))].join("");
        expect(text.replaceAll("\n", "")).not.toMatch(RAW);
        READS[name]?.(text);
      }),
      { numRuns: 50 },
    );
  });
});

test("JSON keeps a hostile name as it is, behind JSON's own escapes", async () => {
  const render = await REPORTERS.json.load();
  for (const hostile of HOSTILE) {
    const read = JSON.parse([...render(hostileReport(hostile))].join("")) as Report;
    expect(read.findings[1]?.path).toBe(`/usr/${hostile}`);
  }
});
