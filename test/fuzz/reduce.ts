/** Bytes are left out one by one only of what is as short as this. */
const SHORT = 2000;

/**
 * A smaller part of an input that fails still: lines are left out, many at first and single ones at last, then
 * bytes. Ends after `seconds` with what it has: each look may take a while.
 */
export async function reduced(
  input: Buffer,
  fails: (input: Buffer) => Promise<boolean>,
  seconds: number = 60,
): Promise<Buffer> {
  const end = performance.now() + seconds * 1000;
  const lines = Buffer.concat(await without(linesOf(input), fails, end));
  if (lines.length > SHORT) return lines;
  return Buffer.concat(
    await without(
      Array.from(lines, (byte) => Buffer.of(byte)),
      fails,
      end,
    ),
  );
}

async function without(
  parts: readonly Buffer[],
  fails: (input: Buffer) => Promise<boolean>,
  end: number,
): Promise<readonly Buffer[]> {
  let kept = parts;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2)) {
    // From the end: what comes before decides what later lines mean.
    for (let at = kept.length - size; at > -size && performance.now() < end; at -= size) {
      const candidate = [...kept.slice(0, Math.max(0, at)), ...kept.slice(at + size)];
      if (await fails(Buffer.concat(candidate))) kept = candidate;
    }
  }
  return kept;
}

function linesOf(input: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < input.length; ) {
    const end = input.indexOf(0x0a, from);
    const to = end < 0 ? input.length : end + 1;
    lines.push(input.subarray(from, to));
    from = to;
  }
  return lines;
}
