import type { Cause, Finding, Group, Report } from "../../src/model/report.ts";

/** The parts of a report that remedies are read from. */
export type Prescribed = Pick<Report, "build" | "findings" | "groups" | "rules">;

const PLACE = { pid: 12, program: "/usr/bin/pkg-config", line: 56 };

/** A report with one group of one finding. */
export function reportWith(
  cause: Partial<Cause> & Pick<Cause, "kind">,
  more: { readonly finding?: Partial<Finding>; readonly build?: Partial<Report["build"]> } = {},
): Prescribed {
  const finding: Finding = {
    fingerprint: "f1",
    rule: "pkgconfig/host-pc-file",
    severity: "error",
    path: "/usr/lib/x86_64-linux-gnu/pkgconfig/libpng.pc",
    expected: null,
    kind: "pkgconfig",
    zone: "host",
    use: "configure",
    side: "target",
    rejected: false,
    count: 1,
    evidence: [],
    process: { pid: 12, program: "/usr/bin/pkg-config", argv: [], chain: ["make", "pkg-config"] },
    group: "g1",
    taints: [],
    ...more.finding,
  };
  const group: Group = {
    id: "g1",
    title: "It went wrong",
    cause: { variables: [], flags: [], ...cause },
    severity: "error",
    findings: ["f1"],
    fix: [],
  };
  return {
    build: {
      host: "x86_64-linux-gnu",
      target: "aarch64-linux-gnu",
      sysroots: ["/opt/sdk/sysroot"],
      nativeSysroots: [],
      toolchains: [],
      buildDirs: [],
      inferred: [],
      ...more.build,
    },
    findings: [finding],
    groups: [group],
    rules: [{ id: finding.rule, title: "t", why: "w", fix: "Set PKG_CONFIG_LIBDIR.", see: [] }],
  };
}

/** A variable that was not set. */
export function unset(name: string): Cause["variables"][number] {
  return { name, state: "unset", at: PLACE, value: null };
}

/** A variable that an exec dropped. */
export function lost(name: string, value: string): Cause["variables"][number] {
  return { name, state: "lost", at: PLACE, value };
}

/** A variable that leads to the host. */
export function wrong(name: string, value: string): Cause["variables"][number] {
  return { name, state: "wrong", at: PLACE, value };
}

/** A flag, given by a program. */
export function flag(text: string, program = "/usr/bin/make"): Cause["flags"][number] {
  return { flag: text, at: { pid: 3, program, line: 7 } };
}
