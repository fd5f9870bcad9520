import http from "node:http";
import https from "node:https";
import net from "node:net";
import { afterEach } from "vitest";

type Closing = () => Promise<void> | void;
const closings: Closing[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** Runs after the test, whatever its end. */
export function afterThisTest(close: Closing): void {
  closings.push(close);
}

/** For tests only: a server on 127.0.0.1 that is gone after the test, with every connection to it. @returns its port */
export async function serve(server: net.Server, path?: string): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    if (path) server.listen(path, resolve);
    else server.listen(0, "127.0.0.1", resolve);
  });
  afterThisTest(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

export async function serveHttp(answer: http.RequestListener): Promise<string> {
  return `http://127.0.0.1:${await serve(http.createServer(answer))}`;
}

export async function serveHttps(pair: { cert: string; key: string }, answer: http.RequestListener): Promise<string> {
  return `https://127.0.0.1:${await serve(https.createServer(pair, answer))}`;
}

/** Speaks raw bytes, for answers that no HTTP library would send. */
export async function serveRaw(onConnection: (socket: net.Socket) => void): Promise<string> {
  return `127.0.0.1:${await serve(net.createServer({ allowHalfOpen: true }, onConnection))}`;
}
