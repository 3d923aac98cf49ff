import type { Writable } from "node:stream";
import { redactedFinding } from "../findings/privacy/redaction.ts";
import type { Finding } from "../model/report.ts";
import { printable } from "../report/printable.ts";
import { sentence } from "../report/sentence.ts";
import type { Settings } from "./config/settle.ts";

type Own = Pick<Settings, "redact" | "sysroots" | "nativeSysroots" | "toolchains" | "buildDirs">;

/** Says each finding once, in a line of its own, when it is first seen. */
export function liveLines(
  stream: Writable,
  { redact, sysroots, nativeSysroots, toolchains, buildDirs }: Own,
): (finding: Finding) => void {
  const said = new Set<string>();
  const build = { sysroots, nativeSysroots, toolchains, buildDirs };
  return (finding) => {
    const { fingerprint, severity, rule } = finding;
    if (said.has(fingerprint)) return;
    said.add(fingerprint);
    const told = sentence(redact ? redactedFinding(finding, build) : finding);
    stream.write(`hostbleed: ${severity}: ${told} (${printable(rule)})\n`);
  };
}
