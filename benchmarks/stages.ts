import { readFileSync } from "node:fs";
import { Bench } from "tinybench";
import { isWatched } from "../src/context/names/variables.ts";
import { Observer } from "../src/context/observe/observer.ts";
import { judgeBuild } from "../src/judge-build.ts";
import { PathTable } from "../src/model/path-table.ts";
import type { SyscallSink } from "../src/model/syscall-sink.ts";
import { CALLS, JUDGED_CALLS } from "../src/process/calls.ts";
import { Foresight } from "../src/process/foresight.ts";
import { ProcessModel } from "../src/process/model.ts";
import { builtInPacks, compile } from "../src/rules/index.ts";
import { FastParser } from "../src/strace/fast/fast-parser.ts";
import { kindOfName } from "../src/strace/fast/name-kinds.ts";
import { HEAD } from "../src/strace/fast/records.ts";
import { Scanner } from "../src/strace/fast/scanner.ts";
import { compileModule, type WasmModule } from "../src/strace/fast/web-assembly.ts";
import { StraceParser } from "../src/strace/parser.ts";
import { DEAF } from "./deaf-sink.ts";
import { makeTrace } from "./generator/trace.ts";

const BYTES = 16e6;
const CHUNK = 1 << 20;

/** What a stage takes; each holds those before it. */
export interface StageTime {
  readonly stage: string;
  readonly megabytesPerSecond: number;
  readonly nanosecondsPerLine: number;
}

/** Times the stages over one made-up trace in memory. The scanner must have been built. */
export async function timeStages(scannerFile: URL): Promise<readonly StageTime[]> {
  const log = Buffer.concat([
    ...makeTrace({ kind: "file", dialect: "plain", bytes: BYTES, seed: 1 }),
  ]);
  const lines = log.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
  const module = compileModule(readFileSync(scannerFile));
  if (module === null) throw new Error("no scanner: npm run build");
  const judge = compile(await builtInPacks());
  const read = (parser: { write(chunk: Uint8Array): void; end(): void }): void => {
    for (let at = 0; at < log.length; at += CHUNK) parser.write(log.subarray(at, at + CHUNK));
    parser.end();
  };
  const fast = (sink: SyscallSink): FastParser =>
    new FastParser(module, { signatures: JUDGED_CALLS, sink });
  const bench = new Bench({ time: 2000, warmupTime: 500 });
  bench.add("scan (fast lane: lines, texts numbered)", () => scan(module, log));
  bench.add("join (fast lane: calls told)", () => read(fast(DEAF)));
  bench.add("join (careful lane)", () => read(new StraceParser({ signatures: CALLS, sink: DEAF })));
  bench.add("resolve (processes, paths)", () => {
    const paths = new PathTable();
    read(fast(new Foresight(new ProcessModel({ paths, listener: {}, lenient: true }))));
  });
  bench.add("judge (observed and judged)", () => {
    const { observer, sink } = observed();
    read(fast(sink));
    observer.end();
    judgeBuild(observer, judge, {}, null);
  });
  await bench.run();
  return bench.tasks.map(({ name, result }) => {
    const seconds = "latency" in result ? result.latency.p50 / 1e3 : Number.NaN;
    return {
      stage: name,
      megabytesPerSecond: log.length / 1e6 / seconds,
      nanosecondsPerLine: (seconds * 1e9) / lines,
    };
  });
}

function observed(): { readonly observer: Observer; readonly sink: SyscallSink } {
  const paths = new PathTable();
  const observer = new Observer({
    paths,
    sysroots: [],
    nativeSysroots: [],
    lineText: () => model.text,
    source: () => "benchmark",
  });
  const model: ProcessModel = new ProcessModel({
    paths,
    listener: observer,
    watches: isWatched,
    lenient: true,
  });
  return { observer, sink: new Foresight(model) };
}

function scan(module: WasmModule, log: Buffer): void {
  const scanner = new Scanner(module);
  for (const [name, row] of JUDGED_CALLS) scanner.addName(name, kindOfName(name, row));
  const { memory, input, blocks } = scanner;
  const [block = new Int32Array()] = blocks;
  for (let at = 0; at < log.length; ) {
    const end = log.lastIndexOf(10, at + CHUNK) + 1;
    log.copy(memory, input, at, end);
    for (let from = input; from < input + end - at; from = block[HEAD.end] ?? end) {
      scanner.scan(0, from, input + end - at);
      if (block[HEAD.full] !== 0) scanner.forget();
    }
    at = end;
  }
}
