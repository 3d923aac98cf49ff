import { baseName } from "../../model/path.ts";
import type { Cause, CauseFlag, Finding, Place } from "../../model/report.ts";
import { shown } from "../quoted.ts";
import type { Remedy, Site } from "../remedy.ts";
import { withoutFlag } from "../without-flag.ts";
import { storePackage } from "./store-package.ts";
import { settable } from "./variables.ts";

/** A remedy, and the flags that are gone with it. */
interface Removal {
  readonly remedy: Remedy;
  readonly flags: readonly string[];
}

/** Takes flags that lead to the host out of the variables that brought them, or else off the command line. */
export function strayFlagRemedies(
  { variables, flags }: Cause,
  findings: readonly Finding[],
  site: Site,
): readonly Remedy[] {
  const words = flags.map(({ flag }) => flag);
  const removals = variables.flatMap(({ name: spelled, value }): readonly Removal[] => {
    const name = settable(spelled);
    return name === null ? [] : [fromVariable(name, value, words, site)];
  });
  const gone = new Set(removals.flatMap((removal) => removal.flags));
  return [
    ...removals.map(({ remedy }) => remedy),
    ...flags.filter(({ flag }) => !gone.has(flag)).map((flag) => fromCommandLine(flag, findings)),
  ];
}

/** Variables that only ever hold folders to search first: without them a cross compiler has its own. */
const SEARCH_PATH =
  /^(?:CPATH|\w+_INCLUDE_PATH|LIBRARY_PATH|LD_RUN_PATH|LD_LIBRARY_PATH|COMPILER_PATH|GCC_EXEC_PREFIX)$/;

/** A place that the sysroot has too; what lies in /opt or /usr/local is the host's alone. */
const SYSTEM_FOLDER = /^\/(?:usr(?:\/(?!local(?:\/|$))[^:]*)?|lib\w*(?:\/[^:]*)?)$/;

function fromVariable(
  name: string,
  value: string | null,
  words: readonly string[],
  { sysroot }: Site,
): Removal {
  if (SEARCH_PATH.test(name) || value === null)
    return { remedy: { act: "clear", name }, flags: [] };
  const flags = words.filter((flag) => withoutFlag(value, flag) !== value);
  if (flags.length > 0) {
    const left = flags.reduce(withoutFlag, value);
    return { remedy: { act: "strip", name, flag: flags.join(" "), value: left }, flags };
  }
  // What else is in such a variable, the build needs.
  if (/^-|\s-/.test(value)) {
    const which = words.map(shown).join(" and ") || "what leads there";
    return { remedy: { act: "edit", what: `Take ${which} out of ${shown(name)}` }, flags: words };
  }
  if (sysroot !== null && SYSTEM_FOLDER.test(value))
    return { remedy: { act: "set", name, value: sysroot + value }, flags: words };
  return { remedy: { act: "clear", name }, flags: words.filter((flag) => flag.includes(value)) };
}

function fromCommandLine({ flag, at }: CauseFlag, findings: readonly Finding[]): Remedy {
  const file = /^@(.+)/s.exec(flag)?.[1];
  if (file !== undefined) {
    const where = `${shown(flag)} on the command line of ${shown(at?.program ?? "the linker")}`;
    return {
      act: "edit",
      what: `Take what leads to the build host out of ${shown(file)}, which is ${where}`,
    };
  }
  const stored = storePackage(flag);
  const where =
    (at === null ? "" : ` ${holderOf(at, flag, findings)} (line ${at.line})`) +
    (stored === null ? "" : `: ${stored}`);
  const [, beginning] = CUT.exec(flag) ?? [];
  return {
    act: "edit",
    what:
      beginning === undefined
        ? `Take ${shown(flag)} out${where}`
        : `Take the flag that begins with ${shown(beginning)} out${where}, of which strace -s 65535 shows the rest`,
  };
}

/** Go's own command lines are nobody's to edit: they are made of variables and of comments in the sources. */
function holderOf({ program }: Place, flag: string, findings: readonly Finding[]): string {
  const name = baseName(program);
  const isOfGo =
    name === "cgo" ||
    findings.some(({ process: { chain } }) => {
      const before = chain.slice(0, Math.max(0, chain.indexOf(name)));
      return before.includes("go") && GO_TOOLS.has(before.at(-1) ?? "");
    });
  if (!isOfGo) return `from the command line of ${shown(program)}`;
  const kind = /^-(?:L|B|Wl|rpath)/.test(flag) ? "LDFLAGS" : "CFLAGS";
  return `of CGO_${kind} or of the sources' \`#cgo ${kind}\`, from which go gave it to ${shown(name)}`;
}

/** Those that run a C compiler or linker: go itself, and its tools. */
const GO_TOOLS: ReadonlySet<string> = new Set(["go", "cgo", "link"]);

/** A flag of which the log has the beginning. */
const CUT = /^(.+)\u2026$/s;
