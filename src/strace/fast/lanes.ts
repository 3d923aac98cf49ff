import { StraceParser, type StraceParserOptions } from "../parser.ts";
import { FastParser } from "./fast-parser.ts";
import { loadScanner, threading } from "./load.ts";

export interface LaneOptions extends StraceParserOptions {
  /** False for one of many logs that are read at the same time: the fast lane takes 30 MB for each. */
  readonly alone: boolean;
}

/**
 * The fastest parser that can read a log for this sink. The fast lane is for a log on its own, and for a sink that is
 * done with a call when it returns; for all others there is the careful lane alone.
 */
export function parserFor(options: LaneOptions): StraceParser | FastParser {
  const scanner = options.alone && options.sink.behind !== undefined ? loadScanner() : null;
  return scanner === null
    ? new StraceParser(options)
    : new FastParser(scanner, { threading, ...options });
}
