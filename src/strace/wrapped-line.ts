import { type ByteString, fromText } from "../model/byte-string.ts";
import { cleanLine } from "./clean.ts";

/** Where collectors put a line of output in the JSON object that they make of each: docker, journald, Elastic, Loki and others. */
const KEYS = ["log", "MESSAGE", "message", "msg", "line"] as const;

/** A line of output that was wrapped in a JSON object. */
export interface WrappedLine {
  readonly text: ByteString;
  /** It goes on in the next one: docker cuts at 16 KiB, and leaves the newline to the last part. */
  readonly isCut: boolean;
}

/** The line in a JSON object; null for any other. */
export function wrappedLine(line: ByteString): WrappedLine | null {
  if (!line.startsWith("{")) return null;
  const fields = parsed(line);
  const key = KEYS.find((name) => typeof fields?.[name] === "string");
  if (fields === null || key === undefined) return null;
  const message = String(fields[key]);
  const end = message.endsWith("\n") ? message.length - 1 : message.length;
  if (message.slice(0, end).includes("\n")) return null;
  // The object's own bytes are chars already; what stood there as \uNNNN is not.
  const bytes = message.slice(0, end).replace(/[^\0-\xff]/g, fromText);
  return { text: cleanLine(bytes), isCut: key === "log" && end === message.length };
}

function parsed(line: ByteString): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}
