import type { Cli } from "clipanion";
import { wrap } from "../report/words.ts";
import type { CommandClass } from "./base.ts";
import type { CommandContext } from "./context.ts";
import type { CommandEntry } from "./index.ts";
import type { KnownOption } from "./option-problem.ts";

/** What `hostbleed --help` prints. */
export function generalHelp(commands: Readonly<Record<string, CommandEntry>>): string {
  const rows = Object.entries(commands).map(([name, { title }]) => [name, title] as const);
  return [
    ...paragraphs(
      "Finds files of the build host that entered a cross build, from the strace log you already have.",
    ),
    "",
    "Usage: hostbleed COMMAND [options]",
    "",
    "Commands",
    ...table(rows),
    "",
    "hostbleed COMMAND --help tells more; hostbleed --version prints the version.",
    "Exit codes: 0 clean, 1 leaks, 2 wrong usage or settings, 3 unsuitable input.",
    "",
    "Begin with",
    "  $ strace -f -y -v -s 65535 -e trace=%file,%process,%desc -o build.strace make",
    "  $ hostbleed check build.strace",
    "",
  ].join("\n");
}

/** What `hostbleed COMMAND --help` prints: of the one class whose path is meant, or of all. */
export function commandHelp(
  cli: Cli<CommandContext>,
  classes: readonly CommandClass[],
  argv: readonly string[],
): string {
  const words = argv.filter((word) => !word.startsWith("-"));
  const exact = classes.filter((each) => pathOf(each).every((word, at) => words[at] === word));
  return (exact.length > 0 ? exact : classes).map((each) => classHelp(cli, each)).join("\n");
}

/** Every option that the classes know, `--no-…` forms included. */
export function knownOptions(cli: Cli<CommandContext>): ReadonlyMap<string, KnownOption> {
  const known = new Map<string, KnownOption>([
    ["--help", { value: null }],
    ["-h", { value: null }],
  ]);
  for (const { definition } of cli.definitions().flatMap(({ options }) => options)) {
    const value = valueName(definition);
    for (const name of namesIn(definition)) known.set(name, { value });
  }
  return known;
}

function namesIn(definition: string): readonly string[] {
  const names = definition.replace(/ .*/, "").split(",");
  const takesValue = definition.includes(" #");
  const negated = names
    .filter((name) => /^--(?!no-)/.test(name))
    .map((name) => `--no-${name.slice(2)}`);
  return takesValue ? names : [...names, ...negated];
}

function classHelp(cli: Cli<CommandContext>, each: CommandClass): string {
  const path = ["hostbleed", ...pathOf(each)].join(" ");
  const definition = cli.definitions().find((known) => known.path === path);
  const { description = "", details = "", examples = [] } = each.usage ?? {};
  const options = (definition?.options ?? []).map(
    (option) => [optionLabel(option.definition), option.description?.trim() ?? ""] as const,
  );
  return [
    sentence(description),
    "",
    `Usage: ${path} ${each.synopsis}`.trimEnd(),
    ...(options.length > 0
      ? ["", "Options", ...table([...options, ["-h, --help", "this text"]])]
      : []),
    ...(details === "" ? [] : ["", ...paragraphs(details)]),
    ...(examples.length > 0 ? ["", "Examples"] : []),
    ...examples.flatMap(([about, command]) => [
      `  ${about}`,
      `    $ ${command.replaceAll("$0", "hostbleed")}`,
    ]),
    "",
  ].join("\n");
}

/** What an option's value is called in help. */
const VALUE_NAMES: Readonly<Record<string, string>> = {
  "--target": "TRIPLE",
  "--host": "TRIPLE",
  "--rules": "PACK|FILE|DIR",
  "--format": "NAME",
  "--report": "NAME=FILE",
  "--fail-on": "SEVERITY",
  "--show": "WHAT",
  "--color": "WHEN",
  "--baseline": "FILE",
  "--config": "FILE",
  "--program": "PROGRAM",
  "--side": "SIDE",
  "--use": "USE",
  "--output": "FILE",
  "--save": "FILE",
  "--name": "NAME",
  "--attach": "PID",
};

function optionLabel(definition: string): string {
  const names = definition.replace(/ .*/, "").split(",");
  const value = valueName(definition);
  const label = names.toSorted((a, b) => a.length - b.length).join(", ");
  return value === null ? label : `${label} ${value}`;
}

/** Null for a switch. */
function valueName(definition: string): string | null {
  if (!definition.includes(" #")) return null;
  const names = definition.replace(/ .*/, "").split(",");
  return VALUE_NAMES[names.find((name) => name.startsWith("--")) ?? ""] ?? "DIR";
}

function pathOf(each: CommandClass): readonly string[] {
  return each.paths?.[0] ?? [];
}

/** Of a terminal as it opens; lines that are to be pasted stay whole. */
const COLUMNS = 80;

/** Two columns, the second wrapped; a label too long for its column has a line of its own. */
function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(28, Math.max(...rows.map(([label]) => label.length)));
  return rows.flatMap(([label, about]) => {
    const [first = "", ...others] = wrap(about, COLUMNS - width - 4);
    const indent = " ".repeat(width + 4);
    const head =
      label.length > width
        ? [`  ${label}`, indent + first]
        : [`  ${label.padEnd(width)}  ${first}`];
    return [...head, ...others.map((line) => indent + line)];
  });
}

function paragraphs(text: string): readonly string[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .flatMap((paragraph, at) => [...(at > 0 ? [""] : []), ...wrap(paragraph, COLUMNS)]);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}
