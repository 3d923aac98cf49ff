import type { ByteString } from "../model/byte-string.ts";
import type { StringArgument } from "../model/syscall.ts";
import { unescaped } from "./quoted.ts";

/** Until 4.6 AF_FILE with path=, then AF_LOCAL or AF_UNIX with sun_path=; an abstract name has an @ before its quote. */
const SOCKET = /(?:sun_path|[{ ]path)="((?:[^"\\]|\\.)*)"/;
const PORT = /sin6?_port=(?:"[^"]*" \/\* )?htons\((\d+)\)/;
const IP4 = /sin_addr=(?:"[^"]*" \/\* )?inet_addr\("([\d.]+)"\)/;
const IP6 = /inet_pton\(AF_INET6, "([0-9a-f:.]+)"/;

/** The path of a unix socket's address; undefined for others. */
export function decodeSocketPath(argument: ByteString): StringArgument | undefined {
  const path = SOCKET.exec(argument)?.[1];
  return path === undefined ? undefined : { bytes: unescaped(path), truncated: false };
}

/** `ADDRESS:PORT` of an internet address; undefined for others. */
export function decodeAddress(argument: ByteString): string | undefined {
  const ip4 = IP4.exec(argument)?.[1];
  const ip6 = IP6.exec(argument)?.[1];
  const port = PORT.exec(argument)?.[1] ?? "0";
  if (ip4 !== undefined) return `${ip4}:${port}`;
  return ip6 === undefined ? undefined : `[${ip6}]:${port}`;
}
