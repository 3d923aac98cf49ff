import { workerData } from "node:worker_threads";
import { HEAD } from "./records.ts";
import type { ScanOrder } from "./scan-ahead.ts";
import { BLOCKS, Scanner } from "./scanner.ts";
import { announce, pieceAt, TURN, type Turns } from "./turns.ts";

/** How often to look whether the log was left, which nobody wakes us for. */
const LOOK_MS = 1000;

/** The program of the thread that scans, see {@link ScanAhead}. It ends with its order. */
function scanAll({ share, turns }: ScanOrder): void {
  const scanner = new Scanner(share.module, share);
  Atomics.store(turns, TURN.ready, 1);
  for (let piece = 0; ; piece = (piece + 1) | 0) {
    // A notice can come late, when its piece was scanned already: the counter alone tells.
    while (Atomics.load(turns, TURN.submitted) === piece)
      Atomics.wait(turns, TURN.submitted, piece);
    if (Atomics.load(turns, TURN.closed) === 1) return;
    const at = pieceAt(piece);
    scanPiece(scanner, turns, turns[at] ?? 0, turns[at + 1] ?? 0);
  }
}

function scanPiece(scanner: Scanner, turns: Turns, from: number, end: number): void {
  for (let at = from; at < end; ) {
    const filled = Atomics.load(turns, TURN.filled);
    // A block must be read before it is filled again. To be woken costs more than to scan one: so not for each.
    const isFree = ((filled - Atomics.load(turns, TURN.read)) | 0) < BLOCKS;
    if (!isFree && !awaitRead(turns, (filled - BLOCKS / 2) | 0)) return;
    const number = filled & (BLOCKS - 1);
    const block = scanner.blocks[number];
    if (block === undefined) return;
    scanner.scan(number, at, end);
    at = block[HEAD.end] ?? end;
    const isFull = block[HEAD.full] !== 0;
    announce(turns, TURN.filled);
    // Whoever reads forgets the texts, when nothing asks for them any more.
    if (isFull && !awaitRead(turns, (filled + 1) | 0)) return;
  }
}

/** Waits until so many blocks were read; false when no more are to be. */
function awaitRead(turns: Turns, number: number): boolean {
  Atomics.store(turns, TURN.wanted, number);
  for (;;) {
    const read = Atomics.load(turns, TURN.read);
    if (((read - number) | 0) >= 0) return true;
    if (Atomics.load(turns, TURN.closed) === 1) return false;
    Atomics.wait(turns, TURN.read, read, LOOK_MS);
  }
}

const order = workerData as ScanOrder;
try {
  scanAll(order);
} catch {
  Atomics.store(order.turns, TURN.failed, 1);
  Atomics.notify(order.turns, TURN.filled);
}
