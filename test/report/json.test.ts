import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { json } from "../../src/report/json.ts";
import { ndjson } from "../../src/report/ndjson.ts";
import { reportJsonSchema, reportSchema } from "../../src/report/schema.ts";
import { cleanReport, report } from "./report.fixture.ts";

const ajv = new Ajv2020({ strict: false });

test.each([
  ["full", report],
  ["clean", cleanReport],
])("the %s report comes back from its JSON unchanged, and its schema accepts it", (_, given) => {
  const read: unknown = JSON.parse([...json(given)].join(""));
  expect(read).toEqual(given);
  expect(reportSchema.parse(read)).toEqual(given);
  expect(ajv.validate(reportJsonSchema(), read), ajv.errorsText()).toBe(true);
});

test("the JSON is laid out as JSON.stringify would", () => {
  const text = [...json(report)].join("");
  expect(text).toBe(`${JSON.stringify(report, null, 2)}\n`);
});

test("the schema refuses a severity that does not exist", () => {
  const [first] = report.findings;
  const wrong = { ...report, findings: [{ ...first, severity: "fatal" }] };
  expect(ajv.validate(reportJsonSchema(), wrong)).toBe(false);
});

test("the schema lets fields of later versions through", () => {
  expect(ajv.validate(reportJsonSchema(), { ...report, later: 1 })).toBe(true);
});

test("every line of NDJSON is one object with its type", () => {
  const lines = [...ndjson(report)].join("").trimEnd().split("\n");
  const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types[0]).toBe("report");
  expect(types.at(-1)).toBe("summary");
  expect(types.filter((type) => type === "finding")).toHaveLength(report.findings.length);
  expect(lines.slice(0, 3)).toMatchSnapshot();
});
