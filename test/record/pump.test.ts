import { spawn } from "node:child_process";
import { expect, onTestFinished, test, vi } from "vitest";
import { HostbleedError } from "../../src/model/errors.ts";
import { makeFifo } from "../../src/record/fifo.ts";
import { pumpPipe } from "../../src/record/pump.ts";

async function pumped(script: string): Promise<string> {
  const fifo = makeFifo();
  onTestFinished(() => fifo.remove());
  const writer = spawn("sh", ["-c", script], { env: { ...process.env, PIPE: fifo.path } });
  writer.on("close", () => fifo.release());
  let text = "";
  for await (const chunk of pumpPipe(fifo.reader)) text += Buffer.from(chunk).toString("latin1");
  return text;
}

test("a writer that is faster than the reader loses nothing", async () => {
  expect(await pumped('seq 1 200000 > "$PIPE"')).toBe(
    `${Array.from({ length: 200_000 }, (_, at) => at + 1).join("\n")}\n`,
  );
});

test("a writer that takes its time is waited for", async () => {
  expect(await pumped('exec > "$PIPE"; echo a; sleep 0.2; echo b; sleep 0.2; echo c')).toBe(
    "a\nb\nc\n",
  );
});

test("a writer that never opens the pipe ends it", async () => {
  expect(await pumped("true")).toBe("");
});

test("a signal ends the reading of a pipe that stays silent", async () => {
  const fifo = makeFifo();
  onTestFinished(() => fifo.remove());
  const chunks: Uint8Array[] = [];
  for await (const chunk of pumpPipe(fifo.reader, AbortSignal.timeout(100))) chunks.push(chunk);
  expect(chunks).toEqual([]);
});

test("a temporary folder that holds no pipe is named in one sentence", () => {
  vi.stubEnv("TMPDIR", "/dev/null");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(makeFifo).toThrow(/\/dev\/null/);
  expect(makeFifo).toThrow(HostbleedError);
});
