import { createSocket } from "node:dgram";
import { createServer } from "node:net";

/** Tests beside each other ask at the same time: a port that was given is not given again by this process. */
const given = new Set<number>();
const MAX_TRIES = 50;

/** A port of 127.0.0.1 that is free for TCP and UDP. */
export async function findPort(): Promise<number> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const port = await findTcpPort();
    if (given.has(port) || !(await isUdpFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error("No port of 127.0.0.1 is free for both TCP and UDP.");
}

function findTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => resolve(true)));
  });
}
