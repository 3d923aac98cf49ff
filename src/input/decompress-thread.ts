import { parentPort, workerData } from "node:worker_threads";
import { HostbleedError } from "../model/errors.ts";
import { ByteRing } from "./byte-ring.ts";
import { compressedBytes } from "./compressed-bytes.ts";
import type { DecompressOrder, DecompressOutcome } from "./decompress-ahead.ts";
import { reasonOf } from "./reading.ts";

/** The program of the thread that decompresses, see `decompress-ahead.ts`. It ends with its order. */
async function decompress(order: DecompressOrder): Promise<DecompressOutcome> {
  const ring = new ByteRing(order.ring);
  const reading = { consumed: 0, damage: null };
  try {
    for await (const chunk of compressedBytes(order.container, order.fd, reading, {})) {
      order.consumed[0] = reading.consumed;
      if (!ring.put(chunk)) break;
    }
    return { ...reading, failure: null };
  } catch (error) {
    const { code, hint } = error instanceof HostbleedError ? error : { code: null, hint: "" };
    return { ...reading, failure: { code, message: reasonOf(error), hint } };
  } finally {
    ring.end();
  }
}

void decompress(workerData as DecompressOrder).then((outcome) => parentPort?.postMessage(outcome));
