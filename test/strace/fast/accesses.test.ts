import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { DIALECTS } from "../../../benchmarks/generator/dialect.ts";
import { KINDS, makeTrace } from "../../../benchmarks/generator/trace.ts";
import type { AccessKind, ProcessListener } from "../../../src/model/access.ts";
import { isTelling } from "../../../src/model/content.ts";
import { type PathId, PathTable } from "../../../src/model/path-table.ts";
import type { Tracee } from "../../../src/model/tracee.ts";
import { JUDGED_CALLS } from "../../../src/process/calls.ts";
import { Foresight } from "../../../src/process/foresight.ts";
import { ProcessModel } from "../../../src/process/model.ts";
import { KINDS as KINDS_IN_BRIEF } from "../../../src/process/text-notes.ts";
import { FastParser } from "../../../src/strace/fast/fast-parser.ts";
import type { WasmModule } from "../../../src/strace/fast/web-assembly.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { scannerModule } from "./scanner-module.ts";

let module: WasmModule;
beforeAll(async () => {
  module = await scannerModule();
}, 60_000);

/** What a listener may be told of in brief. */
const BRIEF: ReadonlySet<AccessKind> = new Set(KINDS_IN_BRIEF);

/** What the context stage is told of a log, in words; `brief` to a listener that can do with less. */
function heard(log: Uint8Array, fast: boolean, brief: boolean): readonly string[] {
  const notes: string[] = [];
  const paths = new PathTable();
  const briefly = (
    tracee: string,
    kind: AccessKind,
    path: PathId,
    real: PathId,
    openFlags: number,
    outcome: string,
  ): string => [tracee, kind, paths.text(path), paths.text(real), openFlags, outcome].join(" ");
  const who = ({ pid, generation }: Tracee): string => `${pid}.${generation}`;
  const listener: ProcessListener = {
    started: (tracee) => notes.push(`started ${who(tracee)} ${tracee.program} ${tracee.line}`),
    ended: (tracee, status, line) => notes.push(`ended ${who(tracee)} ${status} ${line}`),
    accessed: ({ tracee, path, real, requested, to, ...rest }) => {
      const { kind, openFlags, outcome, errno } = rest;
      if (brief && BRIEF.has(kind) && (path !== 0 || kind === "probe")) {
        const how = errno === "ENOENT" ? "missing" : outcome;
        notes.push(briefly(who(tracee), kind, path, real, openFlags, how));
        return;
      }
      const names = [path, real, requested, to].map((id) => paths.text(id));
      notes.push(JSON.stringify([who(tracee), names, rest, model.text]));
    },
    ...(brief
      ? {
          noticed: (tracee, kind, path, real, openFlags, outcome) => {
            notes.push(briefly(who(tracee), kind, path, real, openFlags, outcome));
            return true;
          },
        }
      : {}),
    transferred: ({ tracee, path, content, truncated: _, ...rest }) => {
      const name = `p${rest.direction}64`;
      const told = isTelling(name, content) ? content : "";
      if (brief && told === "" && rest.direction === "read") return;
      notes.push(JSON.stringify([who(tracee), paths.text(path), rest, told]));
    },
    mapped: ({ tracee, path, ...rest }) => {
      if (brief && !rest.denyWrite) return;
      notes.push(JSON.stringify([who(tracee), paths.text(path), rest]));
    },
  };
  const model: ProcessModel = new ProcessModel({ paths, listener, lenient: true });
  const sink = new Foresight(model);
  const options = { signatures: JUDGED_CALLS, sink };
  const parser = fast ? new FastParser(module, options) : new StraceParser(options);
  for (let at = 0; at < log.length; at += 1 << 16) parser.write(log.slice(at, at + (1 << 16)));
  parser.end();
  sink.end();
  return notes;
}

function expectSame(log: Uint8Array, brief: boolean): void {
  const careful = heard(log, false, brief);
  const fast = heard(log, true, brief);
  const first = careful.findIndex((note, at) => note !== fast[at]);
  if (first >= 0)
    expect(fast.slice(first - 1, first + 2)).toEqual(careful.slice(first - 1, first + 2));
  expect(fast.length).toBe(careful.length);
}

describe.each([
  ["the same accesses", false],
  ["the same accesses, told in brief where they come again", true],
])("both lanes lead to %s", (_, brief) => {
  for (const dialect of DIALECTS) {
    test.each(KINDS)(`in a made-up trace of kind %s, dialect ${dialect}`, (kind) => {
      const description = { kind, dialect, bytes: 1_000_000, seed: 11 };
      expectSame(Buffer.concat([...makeTrace(description)]), brief);
    });
  }

  const corpus = fileURLToPath(new URL("../../corpus", import.meta.url));
  const traces = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith("/trace.strace.gz"),
  );
  test.each(traces)("in the real build %s", (name) => {
    expectSame(gunzipSync(readFileSync(join(corpus, name))), brief);
  });
});
