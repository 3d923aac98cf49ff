import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteRing, newRingMemory, type RingMemory } from "../../src/input/byte-ring.ts";

/** A ring through which so many bytes have gone; the counters of what was put in and taken out are its first words. */
function ringAfter(bytes: number): RingMemory {
  const memory = newRingMemory();
  memory.words.set([bytes, bytes]);
  return memory;
}

function numbered(from: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (from + at) % 251);
}

describe("a ring of bytes", () => {
  test("gives out what was put in, in order, when its counters wrap and its pieces do", () => {
    const steps = fc.array(fc.tuple(fc.nat(700_000), fc.nat(600_000)), { maxLength: 40 });
    void fc.assert(
      fc.property(fc.constantFrom(0, 2 ** 31 - 1_000_000, -1_000_000), steps, (before, plan) => {
        const memory = ringAfter(before);
        const ring = new ByteRing(memory);
        let put = 0;
        let taken = 0;
        const take = (most: number): void => {
          const piece = ring.next(0)?.subarray(0, most);
          if (piece === undefined) return;
          expect(Buffer.compare(piece, numbered(taken, piece.length))).toBe(0);
          ring.taken(piece.length);
          taken += piece.length;
        };
        for (const [length, most] of plan) {
          // The only thread: what it put in with no room left, nobody would take out.
          if (put - taken + length > memory.bytes.length) continue;
          expect(ring.put(numbered(put, length))).toBe(true);
          put += length;
          take(most);
        }
        ring.end();
        for (let left = 1000; left > 0 && !ring.isOver; left--) take(600_000);
        expect(taken).toBe(put);
      }),
      { numRuns: 12 },
    );
  });

  test("waits for more than a few bytes, unless no more are to come", () => {
    const ring = new ByteRing(newRingMemory());
    ring.put(numbered(0, 10));
    expect(ring.next(1)).toBeNull();
    expect(ring.isOver).toBe(false);
    ring.end();
    expect(ring.next(1)).toHaveLength(10);
    expect(ring.isOver).toBe(false);
    ring.taken(10);
    expect(ring.isOver).toBe(true);
    expect(ring.next(1)).toBeNull();
  });

  test("tells the writer when the reader has left, even a full one", () => {
    const memory = newRingMemory();
    const ring = new ByteRing(memory);
    expect(ring.put(new Uint8Array(memory.bytes.length))).toBe(true);
    ring.close();
    expect(ring.put(new Uint8Array(1))).toBe(false);
  });
});
