import type { Readable, Writable } from "node:stream";
import type { BaseContext } from "clipanion";
import type { inspect } from "../inspect.ts";

/** What a command may touch of the world; tests hand over their own. */
export interface CommandContext extends BaseContext {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly cwd: string;
  /** `YYYY-MM-DD`: baseline entries expire by it. */
  readonly today: string;
  /** Judges traces; loaded when first called. */
  readonly inspect: typeof inspect;
  /** Calls back on SIGINT, SIGTERM and SIGHUP until the returned function is called. */
  onInterrupt(callback: (signal: NodeJS.Signals) => void): () => void;
}

/** The context of this process. */
export function processContext(): CommandContext {
  return {
    env: process.env,
    // Node makes the stream when it is first named, which few commands do.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    colorDepth: 1,
    cwd: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    inspect: async (...args) => (await import("../inspect.ts")).inspect(...args),
    onInterrupt,
  };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function onInterrupt(callback: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of SIGNALS) process.on(signal, callback);
  return () => {
    for (const signal of SIGNALS) process.off(signal, callback);
  };
}

/** True for a stream that a person sits at. */
export function isTerminal(stream: Readable | Writable): boolean {
  return (stream as { isTTY?: boolean }).isTTY === true;
}
