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
  events: {
    title: "list every file operation as NDJSON, with resolved paths",
    load: async () => [(await import("./events.ts")).EventsCommand],
  },
};
