import { text as readStream } from "node:stream/consumers";
import { HostbleedError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import type { CommandContext } from "./context.ts";
import { readInput } from "./read-input.ts";

/**
 * Reads JSON reports; `-` is stdin.
 * @throws {HostbleedError} `input-missing`, `input-unreadable`, or `report` for what is no report
 */
export async function readReports(
  files: readonly string[],
  { cwd, stdin }: CommandContext,
): Promise<readonly Report[]> {
  const { reportSchema } = await import("../report/schema.ts");
  const reports: Report[] = [];
  for (const file of files) {
    const text = file === "-" ? await readStream(stdin) : readInput(file, cwd);
    const parsed = reportSchema.safeParse(parseJson(text, file));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new HostbleedError(
        "report",
        `${file}: ${issue?.path.map(String).join(".") || "report"}: ${issue?.message ?? "is no report"}`,
      );
    }
    reports.push(parsed.data);
  }
  return reports;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HostbleedError("report", `${file}: ${(error as Error).message}`);
  }
}
