import { ENDED, MOST_REMAINDERS, type RepeatSink } from "../../model/syscall-sink.ts";
import type { Repetition } from "./repetition.ts";
import { MOST_TEXTS } from "./scanner.ts";

/**
 * Ways to end, of a call's text: those that it is spent with. Of a tail's text: what it means behind a -1. No text is
 * both, since a tail begins with a space or a bracket, and a call with its name.
 */
const FAILED = 1;
const MISSING = 2;
const DONE = 4;
/** Where the ways begin that it was told with, and those that the sink was asked of. */
const TOLD_SHIFT = 3;
const ASKED_SHIFT = 6;
/** Where the sink's number for what is left begins. */
const LEFT_SHIFT = 9;

/**
 * Which texts are spent: half of a log are calls that came before, with the same end, and change nothing. Two small
 * numbers tell, where the notes of a text were measured to be mostly waited for.
 */
export class SpentTexts {
  /** By the number of a text, of a call as well as of a tail. */
  readonly #bits: Uint16Array = new Uint16Array(MOST_TEXTS);

  /** The sink's number for what is left of a call; 0 when it is not spent with this end. */
  remainder(id: number, tail: number, failed: boolean): number {
    const bits = this.#bits[id] ?? 0;
    return (bits & this.#end(tail, failed)) === 0 ? 0 : bits >> LEFT_SHIFT;
  }

  /** To be told of each call that was repeated, until it is spent. Who comes twice may come often: only then it pays to ask. */
  learn(target: RepeatSink, call: Repetition, id: number, tail: number, failed: boolean): void {
    if (tail !== 0 && failed) this.#bits[tail] = call.ended === ENDED.missing ? MISSING : FAILED;
    const end = this.#end(tail, failed);
    const bits = this.#bits[id] ?? 0;
    if ((bits & (end << TOLD_SHIFT)) === 0) {
      this.#bits[id] = bits | (end << TOLD_SHIFT);
    } else if ((bits & (end << ASKED_SHIFT)) === 0) {
      const left = target.remainderOf(call);
      const spent = left > 0 && left < MOST_REMAINDERS ? (left << LEFT_SHIFT) | end : 0;
      this.#bits[id] = bits | (end << ASKED_SHIFT) | spent;
    }
  }

  /** The numbers start again. */
  forget(): void {
    this.#bits.fill(0);
  }

  /** 0 for an end that no call is spent with. */
  #end(tail: number, failed: boolean): number {
    if (tail === 0) return failed ? 0 : DONE;
    return failed ? (this.#bits[tail] ?? 0) & (FAILED | MISSING) : 0;
  }
}
