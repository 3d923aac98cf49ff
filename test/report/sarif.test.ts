import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { PLAIN } from "../../src/report/reporter.ts";
import { sarif } from "../../src/report/sarif.ts";
import { cleanReport, finding, report } from "./report.fixture.ts";

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(
  JSON.parse(
    readFileSync(new URL("schemas/sarif-schema-2.1.0.json", import.meta.url), "utf8"),
  ) as object,
);

interface Result {
  readonly level: string;
  readonly locations: readonly { physicalLocation: { artifactLocation: { uri: string } } }[];
  readonly partialFingerprints: Record<string, string>;
  readonly suppressions?: readonly unknown[];
}
interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly Result[];
      readonly invocations: readonly { toolExecutionNotifications: readonly unknown[] }[];
    },
  ];
}

function render(given: Report, root: string | null = null): { text: string; log: Log } {
  const text = [...sarif(given, { ...PLAIN, root })].join("");
  const log = JSON.parse(text) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return { text, log };
}

function uris({ log }: { log: Log }): readonly string[] {
  const places = log.runs[0].results.flatMap((result) => result.locations);
  return [...new Set(places.map((place) => place.physicalLocation.artifactLocation.uri))];
}

test("a report with every kind of finding is valid SARIF 2.1.0", () => {
  expect(render(report).log).toMatchSnapshot();
});

test("a clean report is valid and has no result", () => {
  expect(render(cleanReport).log.runs[0].results).toEqual([]);
});

test("a finding of the baseline that was asked for is a result that is suppressed", () => {
  const { suppressed: _, ...quiet } = report;
  const states = (given: Report) =>
    render(given).log.runs[0].results.map(({ suppressions }) => suppressions?.length ?? 0);
  expect(states(quiet)).not.toContain(1);
  expect(states(report)).toEqual([...states(quiet), 1]);
});

test("the primary place is the log, never the host's file, which no repository has", () => {
  expect(uris(render(report))).toEqual(["build.strace"]);
});

test.each([
  ["/ci/work/logs/a b.strace", "/ci/work", "logs/a%20b.strace"],
  ["/elsewhere/x.strace", "/ci/work", "x.strace"],
  ["./logs//x.strace", null, "logs/x.strace"],
  ["../x.strace", null, "x.strace"],
  ["-", null, "stdin"],
])("a trace given as %s, with the workspace %s, is named %s", (trace, root, uri) => {
  const evidence = [{ trace, line: 3, text: "" }];
  expect(uris(render({ ...cleanReport, findings: [finding("x", { evidence })] }, root))).toEqual([
    uri,
  ]);
});

test("an alert keeps its fingerprint under the one name that GitHub looks at", () => {
  const [first] = render(report).log.runs[0].results;
  expect(first?.partialFingerprints.primaryLocationLineHash).toBe("a1");
});

test("of thirty thousand findings the five thousand worst are kept, and the rest is counted", () => {
  const findings = Array.from({ length: 30_000 }, (_, at) =>
    finding(`f${at}`, { severity: at % 10 === 0 ? "error" : "note", path: `/usr/include/${at}.h` }),
  );
  const { log, text } = render({ ...cleanReport, findings });
  const [{ results, invocations }] = log.runs;
  expect(results.length).toBe(5000);
  expect(results.filter((result) => result.level === "error").length).toBe(3000);
  expect(JSON.stringify(invocations)).toContain("25,000 milder findings left out");
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

test("findings with huge incompressible paths stay below the upload's limit", () => {
  let seed = 1;
  const noise = () => {
    let name = "";
    while (name.length < 4000) {
      seed = (seed * 48_271) % 2_147_483_647;
      name += seed.toString(36);
    }
    return `/usr/include/${name}`;
  };
  const findings = Array.from({ length: 3000 }, (_, at) => finding(`f${at}`, { path: noise() }));
  const { text } = render({ ...cleanReport, findings });
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});
