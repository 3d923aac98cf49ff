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

test("a writer never waits for work that is put off, and nothing is lost", async () => {
  const fifo = makeFifo();
  onTestFinished(() => fifo.remove());
  const writer = spawn("sh", ["-c", 'seq 1 100000 > "$PIPE"'], {
    env: { ...process.env, PIPE: fifo.path },
  });
  let over = false;
  writer.on("close", () => {
    over = true;
    fifo.release();
  });
  let text = "";
  for await (const chunk of pumpPipe(fifo.reader, { isTime: () => false })) {
    expect(over).toBe(true);
    text += Buffer.from(chunk).toString("latin1");
  }
  expect(text.split("\n")).toHaveLength(100_001);
  expect(text.endsWith("\n100000\n")).toBe(true);
});

test("work that is put off begins when too much of it lies here", async () => {
  const fifo = makeFifo();
  onTestFinished(() => fifo.remove());
  const writer = spawn("sh", ["-c", 'exec > "$PIPE"; head -c 40000000 /dev/zero; read -r go'], {
    env: { ...process.env, PIPE: fifo.path },
  });
  writer.on("close", () => fifo.release());
  let bytes = 0;
  for await (const chunk of pumpPipe(fifo.reader, { isTime: () => false })) {
    if (bytes === 0) writer.stdin.end("go\n");
    bytes += chunk.length;
  }
  expect(bytes).toBe(40_000_000);
});

test("a signal ends the reading of a pipe that stays silent", async () => {
  const fifo = makeFifo();
  onTestFinished(() => fifo.remove());
  const chunks: Uint8Array[] = [];
  for await (const chunk of pumpPipe(fifo.reader, { signal: AbortSignal.timeout(100) }))
    chunks.push(chunk);
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
