import { Worker } from "node:worker_threads";

/** Longest silence in ms: the slowest input seen on a busy machine took a tenth of it. */
const SILENCE_MS = 120_000;

const BODY = `
const { workerData: { shared, silence } } = require("node:worker_threads");
const beat = new Int32Array(shared);
let last = -1;
let since = Date.now();
setInterval(() => {
  if (beat[0] !== last) [last, since] = [beat[0], Date.now()];
  if (Date.now() - since < silence) return;
  require("node:fs").writeSync(2, "seed " + beat[1] + " hangs\\n");
  process.kill(process.pid, "SIGKILL");
}, 500);
`;

/** Ends this process, naming the seed, when it gives no sign of life: what hangs cannot say so itself. */
export class Watchdog {
  readonly #beat: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(8));
  readonly #worker: Worker;

  constructor() {
    const workerData = { shared: this.#beat.buffer, silence: SILENCE_MS };
    this.#worker = new Worker(BODY, { eval: true, workerData });
  }

  /** This process lives, and goes on with `seed`. */
  lives(seed: number): void {
    Atomics.add(this.#beat, 0, 1);
    Atomics.store(this.#beat, 1, seed);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
