import { Agent, get } from "node:http";

interface Timed {
  /** From sending the request to the first byte of the answer. */
  readonly firstByteMs: number;
  readonly completeMs: number;
  readonly encoding: string;
  /** As it came over the wire. */
  readonly body: Buffer;
}

/** One connection that stays open, as a browser's. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Asks as a browser does. @throws Error for anything but 200 */
export function timedGet(
  url: string,
  { acceptEncoding, cookie }: { acceptEncoding: string; cookie: string },
): Promise<Timed> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const request = get(
      url,
      { agent, headers: { accept: "*/*", "accept-encoding": acceptEncoding, cookie } },
      (response) => {
        const firstByteMs = performance.now() - startedAt;
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
          const encoding = response.headers["content-encoding"] ?? "identity";
          resolve({ firstByteMs, completeMs: performance.now() - startedAt, encoding, body: Buffer.concat(parts) });
        });
      },
    );
    request.on("error", reject);
  });
}
