import { createServer } from "node:http";

interface Answered {
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A web server on this machine that Unity is told to watch, and that knows when it answered. */
export interface WebTarget {
  readonly url: string;
  /** Every answer it gave, in order. */
  readonly answered: readonly Answered[];
  close(): Promise<void>;
}

/** @param delayMs how long it takes over the n-th answer of a path */
export async function openWebTarget(delayMs: (path: string, nth: number) => number = () => 0): Promise<WebTarget> {
  const answered: Answered[] = [];
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const answer = () => {
      response.end("well");
      answered.push({ path, at: Date.now() });
    };
    const nth = (asked.get(path) ?? 0) + 1;
    asked.set(path, nth);
    const delay = delayMs(path, nth);
    if (delay > 0) setTimeout(answer, delay);
    else answer();
  });
  await new Promise<void>((listening, fail) => server.once("error", fail).listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The target has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    answered,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
