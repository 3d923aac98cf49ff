import { Command, Option } from "clipanion";
import { collectSources } from "../input/collect.ts";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { PathTable } from "../model/path-table.ts";
import { CALLS } from "../process/calls.ts";
import { ProcessModel } from "../process/model.ts";
import { readTraceSet, traceSets } from "../process/trace-set.ts";
import { printable } from "../report/printable.ts";
import { StraceParser } from "../strace/parser.ts";
import { BaseCommand } from "./base.ts";
import { eventLine } from "./event.ts";
import { EventLines } from "./event-lines.ts";

/** `hostbleed events`: every call that has to do with files, one JSON object a line. */
export class EventsCommand extends BaseCommand {
  static override readonly paths = [["events"]];
  static override readonly synopsis = "[TRACE...]";
  static override readonly usage = Command.Usage({
    description: "list every file operation as NDJSON, with resolved paths",
    details: `
      A TRACE is as for check: a file, a folder with the files of strace -ff, a glob, or - for stdin; without one, stdin
      is read, and each call is printed as it comes.

      Exit codes: 0 all of it was listed; 2 wrong usage; 3 the input is unreadable, damaged, no strace log, or was not
      read to its end.
    `,
    examples: [
      ["What one process opened", "hostbleed events build.strace | jq 'select(.pid == 42)'"],
    ],
  });

  readonly redact = Option.Boolean("--redact", {
    description: "rename homes and their users ($HOME, $USER), and mask secrets among arguments",
  });
  readonly traces = Option.Rest();

  override async run(): Promise<number> {
    const interruption = new AbortController();
    const release = this.context.onInterrupt((signal) => {
      // The second one is meant: let it end the process.
      release();
      interruption.abort(signal);
    });
    try {
      return await this.#list(interruption.signal);
    } finally {
      release();
    }
  }

  async #list(signal: AbortSignal): Promise<number> {
    const sources = await collectSources(this.traces, { stdin: this.context.stdin });
    const sets = traceSets(sources);
    let code: number = EXIT.clean;
    for (const set of sets) {
      const paths = new PathTable();
      const name = set[0]?.set ?? set[0]?.name ?? "";
      const trace = sets.length > 1 ? name : null;
      const ready = new EventLines();
      const model = new ProcessModel({
        paths,
        listener: {
          called: (call, pid, path, to) => {
            const line = eventLine(call, {
              trace,
              pid,
              resolved: paths.text(path),
              resolved2: paths.text(to),
              redact: this.redact === true,
            });
            ready.add(call, line);
          },
        },
      });
      const { syscalls, lines } = await readTraceSet(set, model, {
        parserFor: (sink, { pid, numbers }, signatures) =>
          new StraceParser({ sink, signatures, pid, numbers }),
        signatures: CALLS,
        // At once: the reader of a log that still grows must not wait for more than the log does.
        pause: async () => this.#write(ready.take(performance.now())),
        options: { signal },
        isWatched: true,
      });
      ready.end();
      if (!(await this.#write(ready.take(performance.now())))) break;
      if (signal.aborted) {
        this.context.stderr.write("hostbleed: warning: interrupted: more events would follow\n");
        return EXIT.input;
      }
      for (const source of set)
        if (source.damage !== null) {
          const words = `${source.name} could not be read to its end: ${source.damage}`;
          this.context.stderr.write(`hostbleed: warning: ${printable(words)}\n`);
          code = EXIT.input;
        }
      if (syscalls === 0) {
        throw new HostbleedError(
          "input-not-strace",
          `${name} holds no line of strace among ${lines}`,
        );
      }
    }
    return code;
  }

  /** Writes no faster than the reader reads; false when nobody reads any more. */
  async #write(piece: string): Promise<boolean> {
    return piece === "" || this.print([piece]);
  }
}
