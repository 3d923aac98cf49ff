import type { Cause, CauseKind, Place } from "../../model/report.ts";
import { printable } from "../printable.ts";
import { type ProcessNode, programName } from "../process-tree.ts";
import { list } from "../words.ts";

/** Something of a cause, to be written beside the process where it happened. */
export interface Mark {
  /** Base name of the program; null when the place is not known. */
  readonly at: string | null;
  readonly text: string;
  /** Set once a process has it. */
  drawn: boolean;
}

/** The marks of a cause: what happened alike at one place is one mark. */
export function marksOf(cause: Cause | null): readonly Mark[] {
  if (cause === null) return [];
  const alike = new Map<string, { readonly names: string[]; readonly told: Told }>();
  for (const told of toldBy(cause)) {
    const key = JSON.stringify([told.words, told.at, told.more]);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { names: [told.name], told });
    else known.names.push(told.name);
  }
  return [...alike.values()].map(({ names, told: { words, at, more } }) => {
    const line = at === null || at.line === 0 ? "" : ` at line ${at.line}`;
    return {
      at: at === null ? null : programName(at.program),
      text: `${list(names.map(printable))}${words === "" ? "" : ` ${words}`}${line}${more}`,
      drawn: false,
    };
  });
}

/** The marks that no drawn process took, with whose they are; without what the title of their group says already. */
export function undrawn(marks: readonly Mark[], title: string): readonly string[] {
  const said = printable(title);
  return marks
    .filter(({ drawn, text }) => !drawn && !said.includes(text))
    .map(({ text, at }) =>
      at === null || at === UNKNOWN || text.includes(`/${at} `)
        ? text
        : `${text}, by ${printable(at)}`,
    );
}

/** Takes the marks that belong to a process and are not drawn yet. */
export function takeMarks({ programs }: ProcessNode, marks: readonly Mark[]): readonly string[] {
  const own = marks.filter(({ at, drawn }) => !drawn && at !== null && programs.includes(at));
  for (const mark of own) mark.drawn = true;
  return own.map(({ text }) => text);
}

interface Told {
  readonly name: string;
  readonly words: string;
  readonly at: Place | null;
  readonly more: string;
}

function* toldBy({ kind, variables, flags }: Cause): Iterable<Told> {
  for (const { name, state, at, value } of variables) {
    const { words, had } = STATES[state];
    yield { name, words, at, more: value === null ? "" : `, ${had} ${printable(value)}` };
  }
  for (const { flag, at } of flags)
    yield { name: flag, words: flagWords(flag, kind), at, more: "" };
}

const STATES = {
  lost: { words: "lost", had: "it was" },
  unset: { words: "not set", had: "it was" },
  wrong: { words: "wrong", had: "it is" },
} as const;

/** The program of a place before which the log shows no exec. */
const UNKNOWN = "unknown";

/** Files that a command line names and nobody runs. */
const LINKED = /\.(?:l?[ao]|so[.\d]*)$/;

/** A cause names flags that were missing, those that came of it, symlinks and programs alike. */
function flagWords(flag: string, kind: CauseKind): string {
  if (flag.includes(" -> ")) return "";
  const leadsSomewhere = /^(?:\/|-[ILB]|-i(?:system|dirafter|quote)|-Wl,)/.test(flag);
  if (kind === "missing-flag" && !leadsSomewhere) return "not given";
  if (kind === "host-program" && flag.startsWith("/") && !LINKED.test(flag)) return "ran";
  return "first given";
}
