import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CALLS } from "../../src/process/calls.ts";
import { StraceParser } from "../../src/strace/parser.ts";
import { unescaped } from "../../src/strace/quoted.ts";
import { DescribingSink } from "./describe-calls.ts";

const byteString = fc
  .uint8Array({ maxLength: 60 })
  .map((bytes) => Buffer.from(bytes).toString("latin1"));

/** As strace's string_quote writes a string: octal in its shortest form, unless a digit follows. */
function quoteLikeStrace(bytes: string): string {
  const named = new Map([...'"\\'].map((c) => [c, `\\${c}`]));
  for (const [c, letter] of ["\nn", "\tt", "\rr", "\vv", "\ff"].map((pair) => [...pair])) {
    named.set(c ?? "", `\\${letter}`);
  }
  return [...bytes]
    .map((c, at) => {
      const code = c.charCodeAt(0);
      const known = named.get(c);
      if (known !== undefined) return known;
      if (code >= 0x20 && code < 0x7f) return c;
      const digitFollows = /[0-7]/.test(bytes.charAt(at + 1));
      return `\\${digitFollows ? code.toString(8).padStart(3, "0") : code.toString(8)}`;
    })
    .join("");
}

const hex = (bytes: string): string =>
  [...bytes].map((c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

describe("escapes", () => {
  test("what strace quotes in octal comes back byte for byte", () =>
    fc.assert(
      fc.property(byteString, (bytes) => {
        expect(unescaped(quoteLikeStrace(bytes))).toBe(bytes);
      }),
    ));

  test("what -xx quotes comes back byte for byte", () =>
    fc.assert(
      fc.property(byteString, (bytes) => {
        expect(unescaped(hex(bytes))).toBe(bytes);
      }),
    ));

  test("any text decodes to no more bytes than it has", () =>
    fc.assert(
      fc.property(byteString, (text) => {
        expect(unescaped(text).length).toBeLessThanOrEqual(text.length);
      }),
    ));
});

const pid = fc.integer({ min: 1, max: 5 });
const path = byteString.map(quoteLikeStrace);
/** Lines of a log, true ones and all kinds of false ones. */
const line = fc.oneof(
  fc.tuple(pid, path).map(([p, s]) => `${p}   openat(AT_FDCWD, "${s}", O_RDONLY) = 3</${s}>`),
  fc.tuple(pid, path).map(([p, s]) => `${p}   openat(AT_FDCWD, "${s}", O_RDONLY <unfinished ...>`),
  pid.map((p) => `${p}   <... openat resumed>) = -1 ENOENT (No such file or directory)`),
  pid.map((p) => `[pid ${p}] read(3, "abc"..., 832) = 832 <0.000012>`),
  pid.map((p) => `${p} 12:00:00.123456 +++ exited with ${p} +++`),
  pid.map((p) => `write(2, "x\\n", ${p}strace: Process ${p} attached`),
  fc.constantFrom(
    ") = 3",
    " <unfinished ...>",
    "\x1b[31m12 close(3) = 0\x1b[0m\r",
    "",
    "cc -c x.c",
  ),
  byteString.map((bytes) => bytes.replaceAll("\n", " ")),
);
const log = fc
  .array(line, { maxLength: 30 })
  .map((lines) => Buffer.from(lines.map((text) => `${text}\n`).join(""), "latin1"));

function read(bytes: Buffer, cuts: readonly number[] = []): string[] {
  const sink = new DescribingSink();
  const parser = new StraceParser({ signatures: CALLS, sink });
  let from = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    parser.write(bytes.subarray(from, cut));
    from = cut;
  }
  parser.end();
  return sink.lines;
}

describe("any log, however odd", () => {
  test("is read without an error", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(Buffer.from(bytes))),
    ));

  test("says the same wherever its chunks are cut", () => {
    const cut = log.chain((bytes) =>
      fc.tuple(fc.constant(bytes), fc.array(fc.nat(bytes.length), { maxLength: 8 })),
    );
    void fc.assert(
      fc.property(cut, ([bytes, cuts]) => void expect(read(bytes, cuts)).toEqual(read(bytes))),
    );
  });

  test("cut off anywhere, tells nothing that the whole log does not tell", () => {
    const cut = log.chain((bytes) => fc.tuple(fc.constant(bytes), fc.nat(bytes.length)));
    void fc.assert(
      fc.property(cut, ([bytes, end]) => {
        // The last line may be cut inside its result, and what is open at the end has none yet.
        const whole = lineEnds(bytes, end);
        const told = new Set(read(bytes));
        const early = read(bytes.subarray(0, whole)).filter((text) => !text.endsWith("= never"));
        for (const text of early) expect(told).toContain(text);
      }),
    );
  });

  test("ends each call that it lets begin", () =>
    fc.assert(
      fc.property(log, (bytes) => {
        const began = new Set<string>();
        for (const text of read(bytes)) {
          const [line = ""] = text.split(/[-:]/);
          if (text.endsWith(" ...")) began.add(line);
          else if (!/ (?:exited|killed|lost|attached)/.test(text)) began.delete(line);
        }
        expect([...began]).toEqual([]);
      }),
    ));
});

function lineEnds(bytes: Buffer, end: number): number {
  return bytes.lastIndexOf("\n", end) + 1;
}
