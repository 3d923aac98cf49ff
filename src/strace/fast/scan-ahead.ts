import { Worker } from "node:worker_threads";
import { HEAD } from "./records.ts";
import { BLOCKS, type ScannerShare } from "./scanner.ts";
import { announce, newTurns, pieceAt, TURN, type Turns } from "./turns.ts";

/** What the thread is given. */
export interface ScanOrder {
  readonly share: ScannerShare;
  readonly turns: Turns;
}

/** Scans what lies in a scanner's memory before it is asked for. */
export interface ScansAhead {
  /** True when it can scan. Before that, and for ever where it did not start, the scanner is the caller's. */
  readonly isReady: boolean;
  /** How many pieces of input were not read to their end. */
  readonly waiting: number;
  /** Has whole lines scanned; fewer than `PIECES` may wait. */
  submit(from: number, end: number): void;
  /** The next block of the pieces that wait; stays as it is until it is {@link done}. */
  next(): Int32Array;
  done(block: Int32Array): void;
  /** No more is to come. */
  close(): void;
  /** Settled once it has ended, and the scanner's memory is free. */
  readonly ended: Promise<unknown>;
}

const PATIENCE_MS = 1000;
/** A machine that slept wakes both threads at the same time: one long wait alone proves nothing. */
const MOST_WAITS = 120;

/**
 * A thread that scans what lies in the scanner's memory, while what it found before is read here. Both take turns by
 * counters in memory: to be woken costs as much as to scan a thousand lines, and a message more.
 */
export class ScanAhead implements ScansAhead {
  readonly #blocks: readonly Int32Array[];
  readonly #turns: Turns = newTurns();
  readonly #worker: Worker;
  /** Where the pieces end that wait to be read. */
  readonly #ends: number[] = [];
  readonly ended: Promise<number>;

  /** `program` is the thread's own, as text; `blocks` are those of the scanner that is shared. */
  constructor(program: string, share: ScannerShare, blocks: readonly Int32Array[]) {
    this.#blocks = blocks;
    const order: ScanOrder = { share, turns: this.#turns };
    this.#worker = new Worker(program, { eval: true, workerData: order });
    // A machine that has no more threads to give: it never gets ready.
    this.#worker.on("error", () => {});
    this.ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    this.#worker.unref();
  }

  get isReady(): boolean {
    return Atomics.load(this.#turns, TURN.ready) === 1;
  }

  get waiting(): number {
    return this.#ends.length;
  }

  submit(from: number, end: number): void {
    const at = pieceAt(Atomics.load(this.#turns, TURN.submitted));
    this.#turns[at] = from;
    this.#turns[at + 1] = end;
    this.#ends.push(end);
    announce(this.#turns, TURN.submitted);
  }

  next(): Int32Array {
    const turns = this.#turns;
    const read = Atomics.load(turns, TURN.read);
    for (let waits = 0; Atomics.load(turns, TURN.filled) === read; waits++) {
      if (waits > MOST_WAITS || Atomics.load(turns, TURN.failed) === 1)
        throw new Error("the thread that scans has stopped");
      Atomics.wait(turns, TURN.filled, read, PATIENCE_MS);
    }
    return this.#blocks[read & (BLOCKS - 1)] as Int32Array;
  }

  done(block: Int32Array): void {
    if (block[HEAD.end] === this.#ends[0]) this.#ends.shift();
    const read = Atomics.add(this.#turns, TURN.read, 1) + 1;
    if ((read | 0) === Atomics.load(this.#turns, TURN.wanted))
      Atomics.notify(this.#turns, TURN.read);
  }

  close(): void {
    Atomics.store(this.#turns, TURN.closed, 1);
    announce(this.#turns, TURN.submitted);
  }
}
