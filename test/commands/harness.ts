import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, onTestFinished } from "vitest";
import type { CommandContext } from "../../src/commands/context.ts";
import { main } from "../../src/commands/main.ts";
import type { Report } from "../../src/model/report.ts";
import { report } from "../report/report.fixture.ts";

type Inspect = CommandContext["inspect"];

/** The world of one run of the program. */
export interface World {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly today: string;
  readonly inspect: Inspect;
  /** What stdin holds; null when it is a terminal. */
  readonly stdin: string | null;
  readonly stderrIsTerminal: boolean;
  readonly stdout: Writable;
  /** Called with a function that sends the run a signal. */
  readonly interrupt: (send: (signal: NodeJS.Signals) => void) => void;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for one test, or for all tests of a file. */
export function scratchFolder({ forAll = false } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "hostbleed-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (forAll) afterAll(remove);
  else onTestFinished(remove);
  return folder;
}

/** An inspect that answers with the same report, whatever the trace. */
export function always(answer: Report = report): Inspect {
  return async () => answer;
}

/** Runs the program in this process, with everything that it touches handed over. */
export async function hostbleed(
  argv: readonly string[],
  given: Partial<World> = {},
): Promise<Ended> {
  const out: string[] = [];
  const errors: string[] = [];
  const { stdin = "" } = given;
  const stderr = collector(errors);
  if (given.stderrIsTerminal) Object.assign(stderr, { isTTY: true });
  const context: CommandContext = {
    cwd: given.cwd ?? scratchFolder(),
    env: given.env ?? {},
    today: given.today ?? "2026-11-22",
    inspect: given.inspect ?? always(),
    stdin: Object.assign(Readable.from([stdin ?? ""]), { isTTY: stdin === null }),
    stdout: given.stdout ?? collector(out),
    stderr,
    colorDepth: 1,
    onInterrupt: (callback) => {
      queueMicrotask(() => given.interrupt?.(callback));
      return () => {};
    },
  };
  const code = await main(argv, context);
  return { code, stdout: out.join(""), stderr: errors.join("") };
}

/** A stream that keeps what is written to it. */
export function collector(into: string[]): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      into.push(chunk);
      done();
    },
  });
}
