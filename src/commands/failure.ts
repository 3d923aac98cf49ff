import { ERRORS, type ErrorCode, EXIT, HostbleedError } from "../model/errors.ts";
import { printable, printableLines } from "../report/printable.ts";
import type { CommandContext } from "./context.ts";
import { isBrokenPipe } from "./output.ts";

/** Says on stderr what went wrong and what to do, and returns the exit code for it. */
export function fail(error: unknown, { stderr, env }: CommandContext): number {
  if (isBrokenPipe(error)) return EXIT.clean;
  if (error instanceof HostbleedError) {
    const { title } = ERRORS[error.code];
    const [first = "", ...others] = error.message.split("\n").map(printable);
    stderr.write(`hostbleed: ${headline(error.code, title, first)}\n`);
    for (const line of others) stderr.write(`  ${line}\n`);
    stderr.write(`  hint: ${printable(error.hint)}\n`);
    return error.exitCode;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  stderr.write(`hostbleed: Internal error: ${printable(message)}\n`);
  if (env.HOSTBLEED_DEBUG && stack !== undefined)
    stderr.write(`${printableLines(stack).join("\n")}\n`);
  else stderr.write("  hint: this is a mistake in hostbleed; HOSTBLEED_DEBUG=1 shows where\n");
  return EXIT.input;
}

/** Messages that are whole sentences, and would say their title once more. */
const WHOLE: ReadonlySet<ErrorCode> = new Set([
  "usage",
  "input-empty",
  "input-no-traces",
  "input-no-access",
]);

function headline(code: ErrorCode, title: string, message: string): string {
  if (WHOLE.has(code)) return message;
  const end = `: ${title.toLowerCase()}`;
  return `${title}: ${message.endsWith(end) ? message.slice(0, -end.length) : message}`;
}
