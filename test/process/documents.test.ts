import { describe, expect, test } from "vitest";
import { CALLS } from "../../src/process/calls.ts";
import { ProcessModel } from "../../src/process/model.ts";
import { readTraceSet } from "../../src/process/trace-set.ts";
import { StraceParser } from "../../src/strace/parser.ts";
import { bytesOf, readDocuments, type Section } from "../documents/read-documents.ts";
import { DescribingListener } from "./describe-processes.ts";
import { memorySource } from "./memory-source.ts";

const EXPECTED = ["accesses", "tree", "content"] as const;

describe.each(readDocuments(new URL(".", import.meta.url)))("$name", ({ sections }) => {
  test.each(sections)("$title", async ({ blocks }) => {
    const listener = await follow(blocks);
    const asked = EXPECTED.filter((block) => blocks.has(block));
    expect(asked).not.toEqual([]);
    for (const block of asked) expect(listener[block]).toEqual(linesOf(blocks.get(block)));
  });
});

/** Reads the `strace` block, or as a `strace -ff` set the blocks `strace.PID`. */
async function follow(blocks: Section["blocks"]): Promise<DescribingListener> {
  const listener = new DescribingListener();
  const lenient = blocks.has("lenient");
  const watches = (name: string) => name.startsWith("PKG_");
  const model = new ProcessModel({
    paths: listener.paths,
    listener,
    watches,
    lenient,
  });
  const sources = [...blocks]
    .filter(([block]) => block.startsWith("strace"))
    .map(([block, text]) => memorySource(block, bytesOf(text)));
  await readTraceSet(sources, model, {
    parserFor: (sink, { pid, numbers }, signatures) =>
      new StraceParser({ sink, signatures, pid, numbers }),
    signatures: CALLS,
  });
  return listener;
}

function linesOf(block: string | undefined): string[] {
  return (block ?? "").split("\n").filter((line) => line !== "");
}
