import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server of this machine, on which connections may be cut without either side hearing of it. */
export interface TestProxy {
  readonly port: number;
  /** Connections that are there carry nothing any more, in either direction, and stay open. New ones are as before. */
  cut(): void;
  /** Also those to come, from when they send this. */
  cutAt(text: string): void;
  close(): Promise<void>;
}

export async function startProxy(port: number): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  let cuts = new Set<() => void>();
  let lastWords: string | undefined;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    let isCut = false;
    cuts.add(() => {
      isCut = true;
    });
    const carry = (from: Socket, to: Socket) => {
      sockets.add(from);
      from.on("error", () => undefined);
      from.on("close", () => isCut || to.destroy());
      from.on("data", (data) => {
        isCut ||= from === near && lastWords !== undefined && data.includes(lastWords);
        if (!isCut) to.write(data);
      });
    };
    carry(near, far);
    carry(far, near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      for (const one of cuts) one();
      cuts = new Set();
    },
    cutAt(text) {
      lastWords = text;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
