import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import {
  applyBaseline,
  type Baseline,
  expiredEntries,
  prunedBaseline,
  updatedBaseline,
} from "../findings/baseline.ts";
import { HostbleedError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { systemReason } from "../model/system-reason.ts";
import { count } from "../report/words.ts";
import type { Settings } from "./config/settle.ts";
import type { CommandContext } from "./context.ts";

/** What shall happen to the baseline's file. */
export interface BaselineWishes {
  readonly updateBaseline: boolean;
  readonly pruneBaseline: boolean;
}

/** Hides what is known, and writes the baseline anew where that was asked for. */
export type ApplyKnown = (report: Report, run: { readonly warn: (text: string) => void }) => Report;

/** Where a project keeps its baseline unless it says otherwise. */
const BASELINE_FILE = "hostbleed-baseline.yaml";

/**
 * Reads the baseline before anything is judged, so that a broken one costs no time.
 * @throws {HostbleedError} `baseline`
 */
export async function applyKnown(
  { updateBaseline, pruneBaseline }: BaselineWishes,
  { baseline: given, failOn }: Pick<Settings, "baseline" | "failOn">,
  { cwd, today }: CommandContext,
): Promise<ApplyKnown> {
  const file = given ?? join(cwd, BASELINE_FILE);
  const writes = updateBaseline || pruneBaseline;
  const exists = existsSync(file);
  if (!exists && !writes && given === null) return (report) => report;
  // zod and yaml are loaded only where there is a baseline.
  const { readBaseline, writeBaseline } = await import("./config/baseline-file.ts");
  // Of one that was named and is not there, reading says why: a folder above may be closed to us.
  const found: Baseline =
    exists || !writes ? readBaseline(file, relative(cwd, file)) : { entries: [] };
  return (report, { warn }) => {
    let baseline = found;
    if (updateBaseline) {
      const worthKnowing = report.findings.filter(
        ({ severity }) => severity !== "note" || failOn === "note",
      );
      baseline = updatedBaseline(baseline, worthKnowing, today);
    }
    // Where the log was not read to its end, what was not met may still be needed.
    if (pruneBaseline && report.incomplete)
      warn("the log was not read to its end: no entry was dropped from the baseline");
    else if (pruneBaseline) baseline = prunedBaseline(baseline, report.findings);
    if (writes) save(() => writeBaseline(file, baseline), file);
    const expired = expiredEntries(report, baseline, today);
    if (expired.length > 0)
      warn(
        `${count(expired.length, "baseline entry expired and counts", "baseline entries expired and count")} again`,
      );
    return applyBaseline(report, baseline, today);
  };
}

function save(write: () => void, file: string): void {
  try {
    write();
  } catch (error) {
    if (error instanceof HostbleedError) throw error;
    throw new HostbleedError("report-unwritable", `${file}: ${systemReason(error)}`);
  }
}
