import type { AccessKind, ProcessListener } from "../../../src/model/access.ts";
import { isTelling } from "../../../src/model/content.ts";
import { PathTable } from "../../../src/model/path-table.ts";
import type { Tracee } from "../../../src/model/tracee.ts";
import { JUDGED_CALLS } from "../../../src/process/calls.ts";
import { Foresight } from "../../../src/process/foresight.ts";
import { ProcessModel } from "../../../src/process/model.ts";
import { FastParser } from "../../../src/strace/fast/fast-parser.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { StraceParser } from "../../../src/strace/parser.ts";

/**
 * What the context stage is told of a log, in words. Without a `scanner` it is the careful lane that tells.
 */
export function heard(log: Uint8Array, scanner: WasmModule | null): readonly string[] {
  const notes: string[] = [];
  const paths = new PathTable();
  const who = ({ pid, generation }: Tracee): string => `${pid}.${generation}`;
  read(log, scanner, paths, (text) => ({
    started: (tracee) => notes.push(`started ${who(tracee)} ${tracee.program} ${tracee.line}`),
    ended: (tracee, status, line) => notes.push(`ended ${who(tracee)} ${status} ${line}`),
    accessed: ({ tracee, path, real, requested, to, ...rest }) => {
      const names = [path, real, requested, to].map((id) => paths.text(id));
      notes.push(JSON.stringify([who(tracee), names, rest, text()]));
    },
    transferred: ({ tracee, path, content, truncated: _, ...rest }) => {
      const name = `p${rest.direction}64`;
      const told = isTelling(name, content) ? content : "";
      // What is read tells something or is not told.
      if (told === "" && rest.direction === "read") return;
      notes.push(JSON.stringify([who(tracee), paths.text(path), rest, told]));
    },
    mapped: ({ tracee, path, ...rest }) => {
      if (!rest.denyWrite) return;
      notes.push(JSON.stringify([who(tracee), paths.text(path), rest]));
    },
  }));
  return notes;
}

/**
 * How many accesses of each kind each tracee made, in its order of birth, and how many of all came again: failures are
 * spent at once here.
 */
export function accessesMade(
  log: Uint8Array,
  scanner: WasmModule | null,
): { readonly made: Readonly<Record<string, number>>; readonly again: number } {
  const made: Record<string, number> = {};
  let again = 0;
  const count = ({ pid, generation }: Tracee, kind: AccessKind): void => {
    const who = `${pid}.${generation} ${kind}`;
    made[who] = (made[who] ?? 0) + 1;
  };
  read(log, scanner, new PathTable(), () => ({
    accessed: ({ tracee, kind }) => count(tracee, kind),
    isSpent: ({ outcome }) => (outcome === "done" ? "never" : "always"),
    accessedAgain: (tracee, kind) => {
      count(tracee, kind);
      again += 1;
      return true;
    },
  }));
  return { made, again };
}

function read(
  log: Uint8Array,
  scanner: WasmModule | null,
  paths: PathTable,
  listenerOf: (text: () => string) => ProcessListener,
): void {
  const listener = listenerOf(() => model.text);
  const model: ProcessModel = new ProcessModel({ paths, listener, lenient: true });
  const sink = new Foresight(model);
  const options = { signatures: JUDGED_CALLS, sink };
  const parser = scanner === null ? new StraceParser(options) : new FastParser(scanner, options);
  for (let at = 0; at < log.length; at += 1 << 16) parser.write(log.slice(at, at + (1 << 16)));
  parser.end();
  sink.end();
}
