import type { ByteString } from "../model/byte-string.ts";
import { ParsedCall } from "./call.ts";
import type { OpenCall } from "./pending.ts";
import { ResultReader } from "./result.ts";
import { ArgumentScanner, type ScanEnd } from "./scan.ts";

/** How many raw `>` may stand in an annotation of strace 4.21 and older before it is given up. */
const MOST_SKIPS = 6;

/** Reads the text of calls: arguments, then result. */
export class CallReader {
  readonly scanner = new ArgumentScanner();
  readonly result = new ResultReader();

  /**
   * Reads the call whose arguments begin at `at`. `closed` comes only with a complete result, and `cut` when
   * no reading of the line makes sense to its end.
   */
  read(source: ByteString, at: number): ScanEnd {
    const { scanner, result } = this;
    for (let skip = 0; skip < MOST_SKIPS; skip++) {
      scanner.skip = skip;
      const end = scanner.scan(source, at);
      if (end === "closed" || end === "died") {
        if (result.read(source, scanner.end, skip)) return end;
      } else if (end !== "cut") {
        return end;
      }
      if (!source.includes("<", at)) break;
    }
    scanner.skip = 0;
    scanner.scan(source, at);
    return "cut";
  }

  /** The call that {@link read} has just found the end of. */
  finished(call: OpenCall, source: ByteString, line: number, pid: number | null): ParsedCall {
    const endPid = call.pid === null || pid === call.pid ? null : pid;
    const parsed = this.#parsed(call, source, line, call.pid ?? pid, endPid);
    parsed.conclude(this.result);
    // Seen with --seccomp-bpf: the exec of a thread that succeeded ends with "-1 ENOSYS".
    if (call.superseding && parsed.errno === "ENOSYS") {
      parsed.result = 0;
      parsed.errno = null;
    }
    return parsed;
  }

  /** The first half of a call that {@link read} has just found the cut of. */
  entered(call: OpenCall): ParsedCall {
    return this.#parsed(call, call.head, call.line, call.pid, null);
  }

  /** A call whose end never came. */
  pending(call: OpenCall): ParsedCall {
    this.scanner.skip = 0;
    this.scanner.scan(call.head, call.at);
    const parsed = this.entered(call);
    parsed.pending = true;
    return parsed;
  }

  #parsed(
    { plan, line, time, text, at }: OpenCall,
    source: ByteString,
    endLine: number,
    pid: number | null,
    endPid: number | null,
  ): ParsedCall {
    const { skip } = this.scanner;
    const call = new ParsedCall(
      plan.name,
      line,
      endLine,
      pid,
      endPid,
      time,
      text,
      source,
      at,
      skip,
    );
    return call.decode(plan, this.scanner);
  }
}
