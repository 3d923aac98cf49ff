import { StraceParser, type StraceParserOptions } from "../parser.ts";
import { FastParser } from "./fast-parser.ts";
import { loadScanner, threading } from "./load.ts";

/**
 * The fastest parser that can read a log for this sink. The fast lane is for a sink that is done
 * with a call when it returns, and there is room for one log at a time; for all others there is the careful lane alone.
 */
export function parserFor(options: StraceParserOptions): StraceParser | FastParser {
  const scanner = options.sink.behind === undefined ? null : loadScanner();
  return scanner === null
    ? new StraceParser(options)
    : new FastParser(scanner, { threading, ...options });
}
