import { createServer, type Socket } from "node:net";

export interface Nis {
  readonly port: number;
  /** The value of a line of the status, such as STATUS. */
  set(key: string, value: string): void;
  close(): void;
}

/** Speaks as apcupsd's information server does, so that a real apcupsd can be its client. */
export async function serveNis(lines: ReadonlyMap<string, string>): Promise<Nis> {
  const status = new Map(lines);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      if (!data.includes("status")) return;
      const frames = [...status].map(([key, value]) => frameOf(`${key.padEnd(9)}: ${value}\n`));
      socket.write(Buffer.concat([...frames, Buffer.from([0, 0])]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    set: (key, value) => void status.set(key, value),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function frameOf(text: string): Buffer {
  const frame = Buffer.alloc(2 + Buffer.byteLength(text));
  frame.writeUInt16BE(frame.length - 2);
  frame.write(text, 2);
  return frame;
}
