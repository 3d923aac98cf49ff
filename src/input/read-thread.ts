import { parentPort, workerData } from "node:worker_threads";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";
import { ByteRing } from "./byte-ring.ts";
import { containedBytes } from "./contained-bytes.ts";
import type { ReadOrder, ReadOutcome } from "./read-ahead.ts";

/** The program of the thread that reads, see `read-ahead.ts`. It ends with its order. */
async function readAll(order: ReadOrder): Promise<ReadOutcome> {
  const { container, fd, from, consumed } = order;
  const ring = new ByteRing(order.ring);
  const reading = { consumed: consumed[0] ?? 0, damage: null };
  try {
    for await (const chunk of containedBytes(
      container,
      fd,
      reading,
      from === null ? {} : { from },
    )) {
      consumed[0] = reading.consumed;
      if (!ring.put(chunk)) break;
    }
    return { ...reading, failure: null };
  } catch (error) {
    const { code, hint } = error instanceof HostbleedError ? error : { code: null, hint: "" };
    return { ...reading, failure: { code, message: systemReason(error), hint } };
  } finally {
    ring.end();
  }
}

void readAll(workerData as ReadOrder).then((outcome) => parentPort?.postMessage(outcome));
