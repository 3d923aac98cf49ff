import { writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { DIALECTS, type DialectName } from "./dialect.ts";
import { KINDS, type Kind, makeTrace } from "./trace.ts";

const USAGE = `usage: tsx benchmarks/generator/main.ts [--kind ${KINDS.join("|")}] [--dialect ${DIALECTS.join("|")}] [--size 10M] [--seed 1] > trace\n`;

const { values } = parseArgs({
  options: {
    kind: { type: "string", default: "all" },
    dialect: { type: "string", default: "plain" },
    size: { type: "string", default: "10M" },
    seed: { type: "string", default: "1" },
  },
});
const units: Record<string, number> = { "": 1, K: 1e3, M: 1e6, G: 1e9 };
const size = /^(\d+)([KMG]?)$/.exec(values.size);
const kind = KINDS.find((one) => one === values.kind);
const dialect = DIALECTS.find((one) => one === values.dialect);
if (size === null || kind === undefined || dialect === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  print(kind, dialect, Number(size[1]) * (units[size[2] ?? ""] ?? 1), Number(values.seed));
}

function print(kind: Kind, dialect: DialectName, bytes: number, seed: number): void {
  try {
    for (const piece of makeTrace({ kind, dialect, bytes, seed })) {
      for (let at = 0; at < piece.length; ) at += writeSync(1, piece, at);
    }
  } catch (error) {
    // The reader had enough.
    if (!(error instanceof Error && "code" in error && error.code === "EPIPE")) throw error;
  }
}
