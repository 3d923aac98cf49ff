import { StraceParser, type StraceParserOptions } from "../parser.ts";
import { FastParser } from "./fast-parser.ts";
import { loadScanner, threading } from "./load.ts";

/**
 * The fastest parser that can read a log for this sink. The fast lane is for logs that hold their own pids,
 * and for a sink that is done with a call when it returns; for all others there is the careful lane alone.
 */
export function parserFor(options: StraceParserOptions): StraceParser | FastParser {
  const { pid = null, sink } = options;
  const scanner = pid === null && sink.behind !== undefined ? loadScanner() : null;
  return scanner === null
    ? new StraceParser(options)
    : new FastParser(scanner, { threading, ...options });
}
