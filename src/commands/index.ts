import type { CommandClass } from "./base.ts";

/** One row of the table of commands: what `--help` says of it, and its classes, loaded when it is called. */
export interface CommandEntry {
  readonly title: string;
  readonly load: () => Promise<readonly CommandClass[]>;
}

/** Every command by the first word of its path. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  check: {
    title: "judge traces: files, folders of strace -ff files, or stdin",
    load: async () => [(await import("./check.ts")).CheckCommand],
  },
  run: {
    title: "run a build under strace and judge it as it runs",
    load: async () => [(await import("./run.ts")).RunCommand],
  },
  events: {
    title: "list every file operation as NDJSON, with resolved paths",
    load: async () => [(await import("./events.ts")).EventsCommand],
  },
  explain: {
    title: "what a rule means, or how a path would be judged",
    load: async () => [(await import("./explain.ts")).ExplainCommand],
  },
  rules: {
    title: "list, show and test the rule packs",
    load: async () => {
      const { RulesListCommand, RulesShowCommand, RulesTestCommand } = await import("./rules.ts");
      return [RulesListCommand, RulesShowCommand, RulesTestCommand];
    },
  },
  fix: {
    title: "the settings that close a report's causes",
    load: async () => [(await import("./fix.ts")).FixCommand],
  },
  merge: {
    title: "many JSON reports as one",
    load: async () => [(await import("./merge.ts")).MergeCommand],
  },
  diff: {
    title: "what two builds read differently",
    load: async () => [(await import("./diff.ts")).DiffCommand],
  },
  crates: {
    title: "the BitBake lines that fetch each crate of a Cargo.lock",
    load: async () => [(await import("./crates.ts")).CratesCommand],
  },
  init: {
    title: "write hostbleed.yaml from what this machine and folder show",
    load: async () => [(await import("./init.ts")).InitCommand],
  },
  schema: {
    title: "the JSON schemas of reports, configuration, baselines and rule packs",
    load: async () => [(await import("./schema.ts")).SchemaCommand],
  },
};
