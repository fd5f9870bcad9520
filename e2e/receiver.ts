import { createServer } from "node:http";

/** A service of the test's own that Unity tells: what it heard at each path, and what it answers. */
export interface Receiver {
  readonly url: string;
  /** The bodies that came to a path, in order. */
  heard(path: string): readonly string[];
  answer(status: number, words: string): void;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const bodies = new Map<string, string[]>();
  let [status, words] = [200, "ok"];
  const server = createServer((incoming, response) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (piece: string) => {
      body += piece;
    });
    incoming.on("end", () => {
      const path = incoming.url ?? "";
      bodies.set(path, [...(bodies.get(path) ?? []), body]);
      response.writeHead(status, { "content-type": "text/plain" }).end(words);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    heard: (path) => bodies.get(path) ?? [],
    answer(nextStatus, nextWords) {
      [status, words] = [nextStatus, nextWords];
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
