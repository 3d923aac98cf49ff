import { describe, expect, test } from "vitest";
import type { TraceSource } from "../../../src/model/trace-source.ts";
import { CALLS } from "../../../src/process/calls.ts";
import { ProcessModel } from "../../../src/process/model.ts";
import { readTraceSet } from "../../../src/process/trace-set.ts";
import { StraceParser } from "../../../src/strace/parser.ts";
import { DescribingListener } from "../describe-processes.ts";

const FILES = 200;
const OPENS = 40;

/** How many sources are open, and were at most. */
class Gauge {
  now = 0;
  most = 0;
}

function source(pid: number, text: string, gauge: Gauge): TraceSource {
  return {
    name: `x.${pid}`,
    pid,
    set: "x",
    size: text.length,
    consumed: 0,
    damage: null,
    async *open({ from = 0 } = {}) {
      gauge.now += 1;
      gauge.most = Math.max(gauge.most, gauge.now);
      try {
        // In pieces, so that a file is left in the middle of a line too.
        for (let at = from; at < text.length; at += 999)
          yield Buffer.from(text.slice(at, at + 999), "latin1");
      } finally {
        gauge.now -= 1;
      }
    },
  };
}

async function accessesOf(sources: readonly TraceSource[]): Promise<readonly string[]> {
  const listener = new DescribingListener();
  const model = new ProcessModel({ paths: listener.paths, listener });
  await readTraceSet(sources, model, {
    parserFor: (sink, { pid, numbers }, signatures) =>
      new StraceParser({ sink, signatures, pid, numbers }),
    signatures: CALLS,
  });
  return listener.accesses;
}

describe("of a set of many files", () => {
  test("whose processes live at the same time few are open, and all lines come in the order of their stamps", async () => {
    const gauge = new Gauge();
    const at = (pid: number, open: number): string =>
      `1700000000.${String(open * FILES + pid).padStart(6, "0")} openat(AT_FDCWD, "/${open * FILES + pid}", O_RDONLY) = 3\n`;
    const sources = Array.from({ length: FILES }, (_, pid) =>
      source(pid, Array.from({ length: OPENS }, (_, open) => at(pid, open)).join(""), gauge),
    );
    const paths = (await accessesOf(sources)).map((text) => Number(/\/(\d+)/.exec(text)?.[1]));
    expect(paths).toEqual(Array.from({ length: FILES * OPENS }, (_, number) => number));
    expect(gauge.most).toBeLessThan(FILES / 2);
  });

  test("each forked by the one before, few are open, and each goes on behind its fork", async () => {
    const gauge = new Gauge();
    const sources = Array.from({ length: FILES }, (_, pid) =>
      source(
        pid + 1,
        `clone(child_stack=NULL, flags=SIGCHLD) = ${pid + 2}\nopenat(AT_FDCWD, "/${pid + 1}", O_RDONLY) = 3\n`,
        gauge,
      ),
    );
    const paths = (await accessesOf(sources)).map((text) => Number(/\/(\d+)/.exec(text)?.[1]));
    expect(paths).toEqual(Array.from({ length: FILES }, (_, pid) => FILES - pid));
    expect(gauge.most).toBeLessThan(FILES / 2);
  });
});
