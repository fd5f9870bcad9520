import { createSocket } from "node:dgram";
import { createServer } from "node:net";

/**
 * Below those that Linux gives to connections and to whoever asks for any port (32768 and above), so that nobody takes one between its
 * being given and its being used.
 */
const FIRST = 15_000;
const LAST = 32_000;
/** Tests run beside each other in processes of their own: each has the ports that leave its number as a remainder. */
const PROCESSES = 16;
const OWN = Number(process.env.VITEST_POOL_ID ?? 0) % PROCESSES;
const MAX_TRIES = 200;

/** Tests beside each other ask at the same time: a port that was given is not given again by this process. */
const given = new Set<number>();

/** A port of 127.0.0.1 that is free for TCP and UDP. */
export async function findPort(): Promise<number> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const port = FIRST + OWN + PROCESSES * Math.floor((Math.random() * (LAST - FIRST)) / PROCESSES);
    if (given.has(port)) continue;
    given.add(port);
    if ((await isTcpFree(port)) && (await isUdpFree(port))) return port;
  }
  throw new Error("No port of 127.0.0.1 is free for both TCP and UDP.");
}

function isTcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => resolve(true)));
  });
}
