import { homeless } from "../findings/privacy/homes.ts";
import { argvWithoutSecrets } from "../findings/privacy/secrets.ts";
import { type ByteString, decodeUtf8, toHex } from "../model/byte-string.ts";
import type { ListArgument, StringArgument, Syscall } from "../model/syscall.ts";
import { jsonText } from "../report/printable.ts";

/** What {@link eventLine} knows beside the call itself. */
export interface EventPlace {
  /** Which trace it is from; null where there is only one. */
  readonly trace: string | null;
  readonly pid: number | null;
  /** Absolute paths; empty where they cannot be known. */
  readonly resolved: ByteString;
  readonly resolved2: ByteString;
  readonly redact: boolean;
}

/** One line of `hostbleed events`: a call as a JSON object, absent fields left out. */
export function eventLine(call: Syscall, place: EventPlace): string {
  const shown = place.redact ? homelessBytes : same;
  const event: Record<string, unknown> = { line: call.line, pid: place.pid, syscall: call.name };
  if (place.trace !== null) event.trace = place.trace;
  // A symlink's text is a path argument too, though nobody resolves it.
  const path = call.path ?? call.target;
  if (path) {
    putBytes(event, "path", shown(path.bytes));
    if (path.truncated) event.truncated = true;
  }
  if (call.path2) putBytes(event, "path2", shown(call.path2.bytes));
  if (place.resolved !== "") putBytes(event, "resolved", shown(place.resolved));
  if (place.resolved2 !== "") putBytes(event, "resolved2", shown(place.resolved2));
  if (typeof call.fd?.fd === "number") event.fd = call.fd.fd;
  if (call.address !== undefined) event.address = call.address;
  if (call.out) {
    event.out_hex = toHex(call.out.bytes);
    if (call.out.truncated) event.out_truncated = true;
  }
  if (call.argv) event.argv_hex = hexList(place.redact ? discreet(call.argv) : call.argv);
  event.result = call.result;
  event.errno = call.errno;
  if (call.injected) event.injected = true;
  if (call.pending) event.pending = true;
  return `${jsonText(event)}\n`;
}

/** Names are looked for among bytes, so that what is no UTF-8 stays as it is. */
function homelessBytes(bytes: ByteString): ByteString {
  return homeless(bytes);
}

function same(bytes: ByteString): ByteString {
  return bytes;
}

function discreet(list: ListArgument): ListArgument {
  const words = argvWithoutSecrets(list.items.map(({ bytes }) => homeless(bytes)));
  const items = list.items.map((item, at) => ({ ...item, bytes: words[at] ?? "" }));
  return { ...list, items };
}

function putBytes(event: Record<string, unknown>, field: string, bytes: ByteString): void {
  const text = decodeUtf8(bytes);
  if (text === undefined) event[`${field}_hex`] = toHex(bytes);
  else event[field] = text;
}

/** `...` ends an element that strace cut, and stands for elements that it left out. */
function hexList(list: ListArgument): string[] {
  const hex = (item: StringArgument): string => toHex(item.bytes) + (item.truncated ? "..." : "");
  return [...list.items.map(hex), ...(list.truncated ? ["..."] : [])];
}
