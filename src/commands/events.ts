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

const BATCH = 1 << 16;

/** `hostbleed events`: every call that has to do with files, one JSON object a line. */
export class EventsCommand extends BaseCommand {
  static override readonly paths = [["events"]];
  static override readonly synopsis = "[TRACE...]";
  static override readonly usage = Command.Usage({
    description: "list every file operation as NDJSON, with resolved paths",
    examples: [
      ["What one process opened", "hostbleed events build.strace | jq 'select(.pid == 42)'"],
    ],
  });

  readonly redact = Option.Boolean("--redact", {
    description: "rename homes and their users ($HOME, $USER), and mask secrets among arguments",
  });
  readonly traces = Option.Rest();

  override async run(): Promise<number> {
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
        pause: async () => ready.length < BATCH || this.#write(ready.take()),
      });
      ready.end();
      if (!(await this.#write(ready.take()))) break;
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
