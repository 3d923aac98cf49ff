import { compare } from "./compare.ts";

/*
 * npm run bench:check, for CI: a small trace, and a ratio that only a real regression reaches. Measured against
 * the naive script and not against grep: both run in V8, by turns, so that start-up, compilation and a busy
 * machine do to one what they do to the other.
 */

/** Seen: 3 to 5, on a machine with ten other jobs. At this size half of it is start-up and compilation. */
const MOST = 12;
const BYTES = 60e6;

const results = await compare({ kind: "file", dialect: "plain", bytes: BYTES, seed: 1 }, 3, [
  "hostbleed",
  "readline",
]);
const cpuOf = (name: string): number =>
  results.find(({ program }) => program === name)?.cpu ?? Number.NaN;
const ratio = cpuOf("hostbleed") / cpuOf("readline");
const verdict = ratio <= MOST ? "ok" : "REGRESSION";
process.stdout.write(
  `${verdict}: ${ratio.toFixed(2)} times the CPU time of a readline script (at most ${MOST})\n`,
);
if (verdict !== "ok") process.exitCode = 1;
