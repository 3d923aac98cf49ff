import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { github } from "../../src/report/github.ts";
import { gitlab } from "../../src/report/gitlab.ts";
import { markdown } from "../../src/report/markdown.ts";
import { cleanReport, customerReport, finding, report } from "./report.fixture.ts";

/** GitLab's documented fields; a severity outside the list hides the entry from the merge request. */
const CODE_QUALITY = {
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", minLength: 1 },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        properties: {
          path: { type: "string", pattern: "^(?!\\./|/|\\.\\./).+" },
          lines: {
            type: "object",
            required: ["begin"],
            properties: { begin: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
};

test("GitLab gets a Code Quality list", () => {
  const entries: unknown = JSON.parse([...gitlab(report)].join(""));
  const ajv = new Ajv();
  expect(ajv.validate(CODE_QUALITY, entries), ajv.errorsText()).toBe(true);
  expect(entries).toMatchSnapshot();
  expect(JSON.parse([...gitlab(cleanReport)].join(""))).toEqual([]);
});

test("GitLab hides all but one entry of a fingerprint, so each is written once", () => {
  const twice = { ...cleanReport, findings: [finding("x", {}), finding("x", {})] };
  expect(JSON.parse([...gitlab(twice)].join(""))).toHaveLength(1);
});

test("GitHub gets one annotation for each cause", () => {
  expect([...github(report)].join("")).toMatchSnapshot();
});

test("forty causes make ten annotations, the last of which says how many are missing", () => {
  const findings = Array.from({ length: 40 }, (_, at) =>
    finding(`f${at}`, { rule: `pack/rule${at}` }),
  );
  const lines = [...github({ ...cleanReport, findings })];
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toContain("31 more groups");
});

test("an annotation is one line, whatever stands in it", () => {
  const rule = "pack/100%,\r\n::error::x";
  const lines = [...github({ ...cleanReport, findings: [finding("x", { rule })] })]
    .join("")
    .split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain("title=pack/100%25%2C\\x0d\\x0a%3A%3Aerror%3A%3Ax::");
});

test("Markdown has a table for each cause and its fix as code", () => {
  expect([...markdown(report)].join("")).toMatchSnapshot();
});

test("Markdown has settings as code, and what is said in words as words", () => {
  const [group] = customerReport.groups;
  if (group === undefined) throw new Error("the fixture lost its group");
  const words = ["Hand CC on to make, *always*"];
  const fix = [...words, "export A=1", "unset B"];
  const text = [...markdown({ ...customerReport, groups: [{ ...group, fix, words }] })].join("");
  expect(text).toContain(
    "**Fix**\n\nHand CC on to make, \\*always\\*\n\n```\nexport A=1\nunset B\n```\n",
  );
});

test("a clean report is two lines of Markdown", () => {
  expect([...markdown(cleanReport)].join("")).toMatchSnapshot();
});

test("Markdown stays below the size at which GitHub drops a summary whole", () => {
  const findings = Array.from({ length: 3000 }, (_, at) =>
    finding(`f${at}`, {
      rule: `pack/rule${at}`,
      path: `/usr/include/${"deep/".repeat(200)}${at}.h`,
    }),
  );
  const text = [...markdown({ ...cleanReport, findings })].join("");
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text).toMatch(/\d more groups left out/);
});
