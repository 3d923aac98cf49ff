import { inspectSources } from "../../src/inspect.ts";
import { toText } from "../../src/model/byte-string.ts";
import { HostbleedError } from "../../src/model/errors.ts";
import type { Report } from "../../src/model/report.ts";
import type { TraceSource } from "../../src/model/trace-source.ts";
import { render, reporterNames } from "../../src/render.ts";
import { cleanLine } from "../../src/strace/clean.ts";
import type { WasmModule } from "../../src/strace/fast/web-assembly.ts";
import { unescaped } from "../../src/strace/quoted.ts";
import { readByBoth } from "../strace/fast/both-lanes.ts";
import { heard } from "../strace/fast/heard.ts";

/** Fails unless both lanes tell the same of a log, up to what the context stage hears. */
export function checkLanes(module: WasmModule, log: Buffer): void {
  const { careful, fast, ahead } = readByBoth(module, log);
  requireSame("events", careful, fast);
  requireSame("events of what is scanned ahead", careful, ahead);
  requireSame("accesses", heard(log, null), heard(log, module));
}

function requireSame(what: string, careful: readonly string[], fast: readonly string[]): void {
  const at = careful.findIndex((note, index) => note !== fast[index]);
  if (at < 0 && careful.length === fast.length) return;
  const place = at < 0 ? careful.length : at;
  throw new Error(
    `the lanes differ in ${what}:\n  careful: ${careful[place]}\n  fast:    ${fast[place]}`,
  );
}

/**
 * Fails unless a log becomes a report, in every format, or is refused by a HostbleedError; and unless each
 * path and each quoted line of the report stands in the log.
 */
export async function checkPipeline(log: Buffer): Promise<void> {
  const source: TraceSource = {
    name: "hostile",
    pid: null,
    set: null,
    size: log.length,
    consumed: log.length,
    damage: null,
    open: async function* () {
      yield log;
    },
  };
  let report: Report;
  try {
    report = await inspectSources([source], { show: "allowed" });
  } catch (error) {
    if (error instanceof HostbleedError) return;
    throw error;
  }
  for (const name of reporterNames) for (const _ of await render(report, name));
  requireFromLog(report, log.toString("latin1"));
}

/** What a quoted line has in place of a secret, and of the environment that `-v` spells out. */
const LEFT_OUT = /\*{3}|\[\/\* \d+ vars? \*\/\]/;

function requireFromLog(report: Report, log: string): void {
  const findings = [...report.findings, ...(report.allowed ?? [])];
  if (findings.length === 0) return;
  const lines = log.split("\n");
  const said = toText(`${log}\n${unescaped(log)}\n${lines.map(cleanLine).join("\n")}`);
  for (const { path, requested = "", process, evidence } of findings) {
    // One spelling for merged-/usr systems; and what has no name.
    for (const part of `${path}/${requested}/${process.program}`.split("/"))
      if (!said.includes(part) && part !== "usr" && part !== "unknown")
        throw new Error(`reported, and not in the log: ${part} of ${path}`);
    for (const { line, text } of evidence) {
      const logged = toText(cleanLine(lines[line - 1] ?? ""));
      if (!text.split(LEFT_OUT).every((part) => logged.includes(part)))
        throw new Error(`quoted as line ${line}, and not there: ${text}`);
    }
  }
}
