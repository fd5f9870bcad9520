import { Worker } from "node:worker_threads";

/** Longest input that is shown. */
const SHOWN_BYTES = 1 << 16;
const CODE = `
  const { workerData: { state, shown, limitMs } } = require("node:worker_threads");
  let last = -1;
  setInterval(() => {
    const call = Atomics.load(state, 0);
    if (call !== last) { last = call; return; }
    const input = Buffer.from(shown.slice(0, Atomics.load(state, 1))).toString("hex");
    require("node:fs").writeSync(2, "Call " + call + " did not end in " + limitMs + " ms. Its input: " + input + "\\n");
    process.kill(process.pid, "SIGKILL");
  }, limitMs);
`;

export interface Watchdog {
  /** To be called before each call that is watched. */
  next(input: Uint8Array): void;
  stop(): Promise<number>;
}

/** Ends this process, with the input on stderr, when a synchronous call does not come back. */
export function startWatchdog(limitMs: number): Watchdog {
  const state = new Int32Array(new SharedArrayBuffer(8));
  const shown = new Uint8Array(new SharedArrayBuffer(SHOWN_BYTES));
  const worker = new Worker(CODE, { eval: true, workerData: { state, shown, limitMs } });
  return {
    next(input) {
      shown.set(input.subarray(0, SHOWN_BYTES));
      Atomics.store(state, 1, Math.min(input.length, SHOWN_BYTES));
      Atomics.add(state, 0, 1);
    },
    stop: () => worker.terminate(),
  };
}
