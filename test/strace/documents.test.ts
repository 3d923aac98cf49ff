import { describe, expect, test } from "vitest";
import { CALLS } from "../../src/process/calls.ts";
import { StraceParser } from "../../src/strace/parser.ts";
import { bytesOf, readDocuments, type Section } from "../documents/read-documents.ts";
import { DescribingSink } from "./describe-calls.ts";

describe.each(readDocuments(new URL(".", import.meta.url)))("$name", ({ sections }) => {
  test.each(sections)("$title", ({ blocks }) => {
    expect(blocks.has("strace") && blocks.has("calls")).toBe(true);
    expect(read(blocks, Number.POSITIVE_INFINITY)).toEqual(expected(blocks));
  });

  test.each(sections)("$title, byte by byte", ({ blocks }) => {
    expect(read(blocks, 1)).toEqual(expected(blocks));
  });
});

function expected(blocks: Section["blocks"]): string[] {
  return (blocks.get("calls") ?? "").split("\n").filter((line) => line !== "");
}

function read(blocks: Section["blocks"], step: number): string[] {
  const sink = new DescribingSink();
  const bytes = bytesOf(blocks.get("strace") ?? "");
  const parser = new StraceParser({ signatures: CALLS, sink });
  for (let at = 0; at < bytes.length; at += step) parser.write(bytes.subarray(at, at + step));
  parser.end();
  const counts = blocks.get("counts");
  if (counts !== undefined) expect(parser.counts).toMatchObject(JSON.parse(counts));
  return sink.lines;
}
