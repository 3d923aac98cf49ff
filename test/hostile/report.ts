import type { Report } from "../../src/model/report.ts";
import { finding, report } from "../report/report.fixture.ts";

/** The fixture with one text in every place where a name from a trace or a stranger's pack can stand. */
export function hostileReport(name: string): Report {
  const [group] = report.groups;
  const [rule] = report.rules;
  if (group === undefined || rule === undefined) throw new Error("the fixture lost its parts");
  const place = { pid: 1, program: name, line: 1 };
  return {
    ...report,
    build: { ...report.build, target: name, sysroots: [`/${name}`], buildDirs: [name] },
    traces: report.traces.map((trace) => ({ ...trace, source: name, advice: name, damage: name })),
    groups: [
      {
        ...group,
        title: name,
        fix: [name, `set ${name}`],
        findings: ["h1", "h5"],
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
        taints: [name, name],
      }),
      finding("h2", { rule: `pack/${name}`, path: name }),
      finding("h5", {
        path: name,
        process: { pid: 2, program: name, argv: [], chain: [] },
        group: group.id,
      }),
    ],
    rules: [{ ...rule, id: `pack/${name}`, title: name, why: name, fix: name, see: [name] }],
    undecided: [{ what: name, count: 1, text: name }],
    stale: [name],
    suppressed: [finding("h3", { path: `/usr/${name}` })],
    allowed: [finding("h4", { path: name })],
  };
}
