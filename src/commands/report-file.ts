import type { Readable } from "node:stream";
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
  context: CommandContext,
): Promise<readonly Report[]> {
  if (files.filter((file) => file === "-").length > 1)
    throw new HostbleedError("usage", "more than one report is -, and stdin can be read only once");
  const reports: Report[] = [];
  for (const file of files) reports.push(await readReport(file, context));
  return reports;
}

/**
 * Reads one JSON report, from `opened` where that holds it already.
 * @throws {HostbleedError} as {@link readReports}
 */
export async function readReport(
  file: string,
  { cwd, stdin }: CommandContext,
  opened: Readable | null = null,
): Promise<Report> {
  const { reportSchema } = await import("../report/schema.ts");
  const stream = opened ?? (file === "-" ? stdin : null);
  const text = stream === null ? readInput(file, cwd) : await readStream(stream);
  const value = parseJson(text, file);
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { schemaProblems } = await import("../rules/schema-problems.ts");
  const [problem] = schemaProblems(parsed.error.issues, value);
  const path = problem?.path.map(String).join(".") || "report";
  throw new HostbleedError("report", `${file}: ${path}: ${problem?.message}`);
}

/** The parser's words are the engine's, and quote the text. */
function jsonProblem(text: string, { message }: Error): string {
  if (text.trim() === "") return "it is empty";
  const at = Number(/ at position (\d+)/.exec(message)?.[1] ?? 0);
  if (/end of JSON|Unterminated/.test(message) || at >= text.trimEnd().length)
    return "its JSON ends early";
  const before = text.slice(0, at).split("\n");
  return at === 0
    ? "expected JSON"
    : `expected JSON at ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HostbleedError("report", `${file}: ${jsonProblem(text, error as Error)}`);
  }
}
