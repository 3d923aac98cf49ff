import type { Finding, Report } from "../../model/report.ts";
import { homeless, namesIn } from "./homes.ts";
import { rewrittenLine } from "./log-line.ts";

/** Rewrites a text so that it names no home, no user and no folder of the project. */
export type Redaction = (text: string) => string;

/** What a redaction must know: the build's folders, and the findings, which name people's homes. */
export type Redacted = { readonly build: Folders } & Partial<Pick<Report, "findings" | "allowed">>;

type Folders = Pick<Report["build"], "sysroots" | "nativeSysroots" | "toolchains" | "buildDirs">;

/**
 * The redaction that suits a report: its sysroots become `$SYSROOT`, its build folders `$BUILD`, homes `$HOME`,
 * their users' names `$USER`. The same report gives the same names on any machine. What already is redacted stays.
 */
export function redactionFor({ build, findings = [], allowed = [] }: Redacted): Redaction {
  const roots = [
    ...named("$SYSROOT", build.sysroots),
    ...named("$NATIVE_SYSROOT", build.nativeSysroots),
    ...named("$TOOLCHAIN", build.toolchains),
    ...named("$BUILD", build.buildDirs),
  ].sort(([a], [b]) => b.length - a.length);
  const names = namesIn([...roots.map(([root]) => root), ...pathsOf([...findings, ...allowed])]);
  return memorised((text) => homeless(rootless(text, roots), names));
}

/** The report without homes, users and folders of the project; fingerprints and group ids stay, so that baselines match. */
export function redactedReport(report: Report, redact: Redaction): Report {
  return { ...(rewritten(report, "", redact) as Report), redacted: true };
}

/** A report that is redacted by what it tells itself, so that what one of several calls $BUILD is what all of them do. */
export function redactedAlone(report: Report): Report {
  return redactedReport(report, redactionFor(report));
}

/** One finding, where the rest of the report is not known yet. */
export function redactedFinding(finding: Finding, build: Folders): Finding {
  const redact = redactionFor({ build, findings: [finding] });
  return rewritten(finding, "", redact) as Finding;
}

/** Fields whose texts are the project's own words, or names that scripts compare. */
const KEPT: ReadonlySet<string> = new Set([
  "schema",
  "tool",
  "verdict",
  "host",
  "target",
  "inferred",
  "lacks",
  "advice",
  "fingerprint",
  "rule",
  "rules",
  "severity",
  "kind",
  "zone",
  "use",
  "side",
  "group",
  "id",
  "state",
  "what",
]);

function rewritten(value: unknown, key: string, redact: Redaction): unknown {
  if (KEPT.has(key)) return value;
  // Within a log's line, the names stand as strace spells them.
  if (typeof value === "string")
    return key === "text" ? rewrittenLine(value, redact) : redact(value);
  if (Array.isArray(value)) return value.map((each) => rewritten(each, key, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, rewritten(each, name, redact)]),
  );
}

type Root = readonly [path: string, name: string];

/** A second folder of a kind is `$SYSROOT2`. What belongs to the system is the same everywhere and says nothing. */
function named(name: string, folders: readonly string[]): readonly Root[] {
  return folders
    .filter((folder) => folder.startsWith("/") && folder !== "/")
    .map((folder, at): Root => [folder, at === 0 ? name : `${name}${at + 1}`])
    .filter(
      ([folder]) => !/^\/(?:usr|lib\w*|bin|sbin|etc|nix\/store|gnu\/store)(?:\/|$)/.test(folder),
    );
}

function rootless(text: string, roots: readonly Root[]): string {
  let rest = text;
  for (const [root, name] of roots) {
    if (!rest.includes(root)) continue;
    const parts = rest.split(root);
    rest = parts.reduce(
      (before, after) => before + (isWhole(before, root, after) ? name : root) + after,
    );
  }
  return rest;
}

/** `/build` is no part of `/opt/build` or `/build2`, though it is one of `-I/build/include`. */
function isWhole(before: string, root: string, after: string): boolean {
  if (/^(?:[\w+~-]|\.\w)/.test(after)) return false;
  const deep = root.lastIndexOf("/") > 0;
  return deep || /(?:^|[^\w./+~-]|[^\w./+~-]-{1,2}[\w-]*|^-{1,2}[\w-]*)$/.test(before.slice(-40));
}

function pathsOf(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ path, requested = "", expected, taints, process }) => [
    path,
    requested,
    expected?.path ?? "",
    process.program,
    ...taints,
  ]);
}

/** The lines of a report repeat each other's paths. */
function memorised(redact: Redaction): Redaction {
  const known = new Map<string, string>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = redact(text);
      if (text.length < 4096 && known.size < 65_536) known.set(text, answer);
    }
    return answer;
  };
}
