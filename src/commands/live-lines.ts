import type { Writable } from "node:stream";
import type { Finding } from "../model/report.ts";
import { printable } from "../report/printable.ts";
import { sentence } from "../report/sentence.ts";

/** Says each finding once, in a line of its own, when it is first seen. */
export function liveLines(stream: Writable): (finding: Finding) => void {
  const said = new Set<string>();
  return (finding) => {
    const { fingerprint, severity, rule } = finding;
    if (said.has(fingerprint)) return;
    said.add(fingerprint);
    stream.write(`hostbleed: ${severity}: ${sentence(finding)} (${printable(rule)})\n`);
  };
}
