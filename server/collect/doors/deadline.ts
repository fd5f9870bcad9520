import { stopped, tooLate } from "./failure";

interface Deadline {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** For the message: what did not answer. */
  readonly where: string;
}

/**
 * Gives `work` an end: it rejects at once when the run's signal aborts or the time is over, whether or not `work`
 * listens to the signal it is handed. What `work` does later is dropped.
 */
export function withDeadline<T>(
  { signal, timeoutMs, where }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) {
      reject(stopped(signal));
      return;
    }
    const inner = new AbortController();
    const end = (error: Error) => {
      clean();
      reject(error);
      inner.abort(error);
    };
    const onAbort = () => end(stopped(signal));
    const timer = setTimeout(() => end(tooLate(where, timeoutMs)), timeoutMs);
    const clean = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    work(inner.signal).then(
      (value) => {
        clean();
        resolve(value);
      },
      (error: unknown) => {
        clean();
        reject(error);
      },
    );
  });
}
