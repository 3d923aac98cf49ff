import { statSync } from "node:fs";
import { resolve } from "node:path";
import { HostbleedError } from "../model/errors.ts";
import type { ReportFile } from "./config/flags.ts";

/**
 * Keeps a slip of the keyboard from replacing a log by its report: the build may have run for hours.
 * @throws {HostbleedError} `usage`
 */
export function spareTraces(
  traces: readonly string[],
  reports: readonly ReportFile[],
  cwd: string,
): void {
  const inputs = new Set(traces.map((trace) => identityOf(resolve(cwd, trace))));
  for (const { name, file } of reports) {
    const identity = identityOf(file);
    if (identity !== null && inputs.has(identity))
      throw new HostbleedError(
        "usage",
        `--report ${name}=${file} would replace a trace that is to be judged`,
        `as in --report ${name}=hostbleed.${name}`,
      );
  }
}

/** A file under all its names; null for what cannot be looked at, and for devices and pipes, which keep nothing. */
function identityOf(file: string): string | null {
  try {
    const found = statSync(file, { bigint: true });
    return found.isFile() ? `${found.dev}:${found.ino}` : null;
  } catch {
    // Who reads or writes it says why that cannot be done.
    return null;
  }
}
