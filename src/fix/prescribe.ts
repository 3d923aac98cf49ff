import type { CauseVariable, Finding, Group, Report } from "../model/report.ts";
import { providerOf } from "./providers.ts";
import { shown } from "./quoted.ts";
import type { Prescription, Remedy, Site } from "./remedy.ts";
import { settingFor } from "./settings.ts";
import { siteOf } from "./site.ts";
import { withoutFlag } from "./without-flag.ts";

/** What closes the causes of a report, each remedy once, in the order of the groups; and where it applies. */
export function prescribe(report: Pick<Report, "build" | "findings" | "groups" | "rules">): {
  readonly prescriptions: readonly Prescription[];
  readonly site: Site;
} {
  const site = siteOf(report);
  const byText = new Map<string, { remedy: Remedy; causes: Set<string>; closes: Set<Finding> }>();
  for (const group of report.groups) {
    const findings = report.findings.filter((finding) => finding.group === group.id);
    for (const remedy of remediesFor(group, findings, report, site)) {
      const text = JSON.stringify(remedy);
      const known = byText.get(text) ?? { remedy, causes: new Set(), closes: new Set() };
      byText.set(text, known);
      known.causes.add(group.title);
      for (const finding of findings) known.closes.add(finding);
    }
  }
  const prescriptions = [...byText.values()].map(({ remedy, causes, closes }) => ({
    remedy,
    causes: [...causes],
    closes: [...closes],
  }));
  return { prescriptions, site };
}

/** What one group calls for. */
export function remediesFor(
  group: Group,
  findings: readonly Finding[],
  { rules }: Pick<Report, "rules">,
  site: Site,
): readonly Remedy[] {
  const { kind } = group.cause;
  switch (kind) {
    case "lost-variable":
      return [...handedOn(group), ...variableRemedies(group, site)];
    case "stray-flag":
      return strayFlagRemedies(group, site);
    case "missing-flag":
      return [...missingFlagRemedies(group, findings), ...variableRemedies(group, site)];
    case "symlink":
      return group.cause.flags.flatMap(({ flag }): readonly Remedy[] => {
        const [link, target] = flag.split(" -> ");
        if (!link || !target) return [];
        const own = findings.find(({ path }) => path === target)?.expected;
        const inside = own?.exists === true && own.path !== link ? own.path : null;
        return [{ act: "relink", link, target, inside }];
      });
    case "host-program":
      return [...hostPrograms(group, findings), ...variableRemedies(group, site)];
    case "missing-dependency":
      return [...lacking(findings), ...variableRemedies(group, site)];
    default:
      return [...new Set(findings.map(({ rule }) => rule))].flatMap((id): readonly Remedy[] => {
        const fix = rules.find((rule) => rule.id === id)?.fix;
        return fix === undefined ? [] : [{ act: "edit", what: fix }];
      });
  }
}

/** One file of each package that the target lacks. */
function lacking(findings: readonly Finding[]): readonly Remedy[] {
  const files = new Map<string, string>();
  for (const { path } of findings) {
    const provider = providerOf(path)?.recipe ?? path;
    if (!files.has(provider)) files.set(provider, path);
  }
  return [...files.values()].map((file) => ({ act: "depend", file }));
}

function variableRemedies({ cause }: Group, site: Site): Remedy[] {
  return cause.variables.flatMap((variable): readonly Remedy[] => {
    const { state, value } = variable;
    const name = settable(variable.name);
    if (name === null || name === "PATH") return [];
    if (state === "wrong") return [{ act: "clear", name }];
    if (/^BINDGEN_EXTRA_CLANG_ARGS/.test(name) && state === "unset") return [];
    const setting = state === "lost" && value !== null ? value : settingFor(name, site);
    return setting === null ? [] : [{ act: "set", name, value: setting }];
  });
}

/**
 * The name as every shell can set it: build scripts read `NAME_aarch64_unknown_linux_gnu` as well as the spelling
 * with hyphens. Null for a name that no shell takes, which only a hostile trace has.
 */
function settable(name: string): string | null {
  const plain = name.replaceAll("-", "_");
  return /^[A-Za-z_]\w*$/.test(plain) ? plain : null;
}

/** A setting that an exec drops helps nobody: whoever dropped it must hand it on. */
function handedOn({ cause }: Group): readonly Remedy[] {
  const lost = cause.variables.filter(({ state }) => state === "lost");
  const at = lost[0]?.at;
  if (lost.length === 0 || at === null || at === undefined) return [];
  const them = lost.length === 1 ? "it" : "them";
  const to = `${shown(programName(at.program))}, which was started without ${them} (line ${at.line})`;
  return [{ act: "edit", what: `Hand ${listed(lost)} on to ${to}` }];
}

function listed(variables: readonly CauseVariable[]): string {
  return variables.map(({ name }) => shown(name)).join(" and ");
}

/** Variables that only ever hold folders to search first: without them a cross compiler has its own. */
const SEARCH_PATH =
  /^(?:CPATH|\w+_INCLUDE_PATH|LIBRARY_PATH|LD_RUN_PATH|LD_LIBRARY_PATH|COMPILER_PATH|GCC_EXEC_PREFIX)$/;

/** A place that the sysroot has too; what lies in /opt or /usr/local is the host's alone. */
const SYSTEM_FOLDER = /^\/(?:usr(?:\/(?!local(?:\/|$))[^:]*)?|lib\w*(?:\/[^:]*)?)$/;

/** What else is in such a variable, the build needs. */
function holdsFlags(value: string): boolean {
  return /^-|\s-/.test(value);
}

function strayFlagRemedies({ cause }: Group, site: Site): readonly Remedy[] {
  const remedies: Remedy[] = [];
  const dropped = new Set<string>();
  for (const { name: spelled, value } of cause.variables) {
    const name = settable(spelled);
    if (name === null) continue;
    const flags = cause.flags
      .map(({ flag }) => flag)
      .filter((flag) => value !== null && withoutFlag(value, flag) !== value);
    if (SEARCH_PATH.test(name) || value === null) remedies.push({ act: "clear", name });
    else if (flags.length > 0) {
      const left = flags.reduce(withoutFlag, value);
      for (const flag of flags) dropped.add(flag);
      remedies.push({ act: "strip", name, flag: flags.join(" "), value: left });
    } else if (holdsFlags(value)) {
      for (const { flag } of cause.flags) dropped.add(flag);
      const which = cause.flags.map(({ flag }) => shown(flag)).join(" and ");
      remedies.push({
        act: "edit",
        what: `Take ${which || "what leads there"} out of ${shown(name)}`,
      });
    } else if (site.sysroot !== null && SYSTEM_FOLDER.test(value)) {
      remedies.push({ act: "set", name, value: site.sysroot + value });
      for (const { flag } of cause.flags) dropped.add(flag);
    } else {
      for (const { flag } of cause.flags) if (flag.includes(value)) dropped.add(flag);
      remedies.push({ act: "clear", name });
    }
  }
  for (const { flag, at } of cause.flags) {
    if (dropped.has(flag)) continue;
    const where =
      at === null ? "" : ` from the command line of ${shown(at.program)} (line ${at.line})`;
    const file = /^@(.+)/s.exec(flag)?.[1];
    const what =
      file === undefined
        ? `Take ${shown(flag)} out${where}`
        : `Take what leads to the build host out of ${shown(file)}, which is ${shown(flag)} on the command line of ${shown(at?.program ?? "the linker")}`;
    remedies.push({ act: "edit", what });
  }
  return remedies;
}

function missingFlagRemedies({ cause }: Group, findings: readonly Finding[]): readonly Remedy[] {
  const remedies: Remedy[] = [];
  const names = cause.flags.map(({ flag }) => flag);
  // A compiler that cmake calls gets its --sysroot from cmake.
  const asked = names.some((flag) => flag.startsWith("--sysroot")) && findings.some(isOfCmake);
  if (asked || names.some((flag) => flag.startsWith("CMAKE_")))
    remedies.push({ act: "confine", tool: "cmake" });
  if (names.includes("sys_root")) remedies.push({ act: "confine", tool: "meson" });
  const clang = cause.variables.find(({ name }) => name.startsWith("BINDGEN_"));
  if (clang !== undefined) {
    const words = names.filter((flag) => /^--(?:sysroot|target)(?:=|$)/.test(flag));
    const perTarget = /^build[-_]script/.test(programName(clang.at?.program ?? ""));
    remedies.push({ act: "libclang", words, perTarget });
  } else if (!asked)
    for (const { flag, at } of cause.flags)
      if (/^--sysroot/.test(flag))
        remedies.push(
          findings.some(isOfBpf)
            ? {
                act: "edit",
                what: `Add ${shown(flag)} where ${shown(at?.program ?? "clang")} is called for BPF`,
              }
            : { act: "sysroot", driver: driverName(at?.program ?? "") },
        );
  return remedies;
}

/** The clang that makes BPF objects is seldom what CC names. */
function isOfBpf({ process }: Finding): boolean {
  return process.argv.some((word) => /^(?:-?-target=)?bpf/.test(word));
}

function isOfCmake({ process }: Finding): boolean {
  return process.chain.some((name) => /^cmake3?$/.test(name));
}

function programName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

/** What people call as compiler; empty for what only a driver calls. */
function driverName(program: string): string {
  const name = programName(program);
  return /^(?:cc1|collect2)/.test(name) ? "" : name;
}

function hostPrograms({ cause }: Group, findings: readonly Finding[]): readonly Remedy[] {
  const [first] = cause.flags;
  // A compiler of the native sysroot searches the folders beside it, and is the build's own all the same.
  const beside = findings.filter(({ zone, use }) => zone === "native-sysroot" && use === "link");
  if (first !== undefined && beside.length > 0 && beside.length === findings.length) {
    const folders = [...new Set(beside.map(({ path }) => path.slice(0, path.lastIndexOf("/"))))];
    const where = folders.map(shown).join(" and ");
    return [
      {
        act: "edit",
        what: `Move the libraries for host tools out of ${where}, which ${shown(first.flag)} searches by itself`,
      },
    ];
  }
  return first === undefined ? [] : [{ act: "replace", program: first.flag }];
}
