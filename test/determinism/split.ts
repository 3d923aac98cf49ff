/** A log of `strace -f -o FILE`, with a stamp for each line, and the files that `-ff` writes of the same build. */
export interface BothWays {
  readonly whole: string;
  readonly files: ReadonlyMap<number, string>;
}

const LINE = /^(\d+) +(.*)$/s;
const MADE = /^(?:v?fork|clone3?)\(.* = (\d+)$/s;
const UNFINISHED = / *<unfinished \.\.\.>$/;
const RESUMED = /^<\.\.\. \w+ resumed>(.*)$/s;

/**
 * Splits a log without stamps by pid, as strace does: each call whole, in the file of its process, with the
 * time of its beginning. Null for a log whose lines do not all begin with a pid and a call, or not in that order.
 */
export function splitByPid(
  log: string,
  { stamped }: { readonly stamped: boolean },
): BothWays | null {
  const whole: string[] = [];
  const files = new Map<number, string[]>();
  const begun = new Map<number, number>();
  for (const [at, line] of log.trimEnd().split("\n").entries()) {
    const [, pid = "", rest = ""] = LINE.exec(line) ?? [];
    if (!/^(?:[a-z]\w*\(|<\.\.\. |\+\+\+ |--- )/.test(rest)) return null;
    // Its stamp would be later than the child's first: no log of strace has that, so these stamps tell nothing.
    if (stamped && files.has(Number(MADE.exec(rest)?.[1] ?? -1))) return null;
    const stamp = stamped ? `1795000000.${String(at).padStart(6, "0")} ` : "";
    whole.push(`${pid} ${stamp}${rest}`);
    const own = files.get(Number(pid)) ?? [];
    files.set(Number(pid), own);
    const end = RESUMED.exec(rest)?.[1];
    const place = begun.get(Number(pid));
    if (end !== undefined && place !== undefined) {
      own[place] += end;
      begun.delete(Number(pid));
    } else if (UNFINISHED.test(rest)) {
      begun.set(Number(pid), own.length);
      own.push(`${stamp}${rest.replace(UNFINISHED, "")}`);
    } else own.push(`${stamp}${rest}`);
  }
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
  return {
    whole: text(whole),
    files: new Map([...files].map(([pid, lines]) => [pid, text(lines)])),
  };
}
