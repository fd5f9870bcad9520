import { Agent, request } from "node:http";

/** A question about 60 million samples may take its time; one that takes longer has no answer. */
const ANSWER_WITHIN_MS = 120_000;

export interface Connection {
  /** @throws Error for anything but 2xx, with what the server said */
  send(
    method: "GET" | "POST",
    path: string,
    body?: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ): Promise<string>;
  close(): void;
}

/** One connection that stays open: `fetch` costs more than some answers. */
export function connectTo(url: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (method, path, body, headers = {}) =>
      new Promise((resolve, reject) => {
        const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
        const length = body ? { "content-length": String(body.length) } : {};
        const asked = request(
          new URL(path, url),
          { method, agent, signal, headers: { ...headers, ...length } },
          (answer) => {
            const parts: Buffer[] = [];
            answer.on("data", (part: Buffer) => parts.push(part));
            answer.on("error", reject);
            answer.on("end", () => {
              const text = Buffer.concat(parts).toString();
              const status = answer.statusCode ?? 0;
              if (status >= 200 && status < 300) resolve(text);
              else
                reject(
                  new Error(`${url} answered ${status} to ${method} ${path.slice(0, 200)}: ${text.slice(0, 500)}`),
                );
            });
          },
        );
        asked.on("error", reject);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}
