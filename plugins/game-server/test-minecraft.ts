import { createSocket } from "node:dgram";
import { createServer, type Socket } from "node:net";
import { decodeVarint, encodeVarint } from "./varint";

interface Server {
  /** What it answers from now on; without it, it hangs up. */
  status: object | undefined;
  /** Hangs up instead of answering the ping, as proxies do. */
  answersPing: boolean;
  /** Names that clients said they want to reach. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Reads packets from a growing buffer. @returns packets and what is left */
function takePackets(bytes: Buffer): { packets: Buffer[]; rest: Buffer } {
  const packets: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const length = decodeVarint(rest);
    if (!length || rest.length < length.length + length.value) return { packets, rest };
    packets.push(rest.subarray(length.length, length.length + length.value));
    rest = rest.subarray(length.length + length.value);
  }
}

const frame = (...parts: readonly Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([encodeVarint(body.length), body]);
};

/** Server List Ping of Minecraft: Java Edition (wiki.vg, "Server List Ping"): handshake, status, ping. Not the game. */
export async function serveMinecraft(port: number, status: object): Promise<Server> {
  const server: Server = { status, answersPing: true, asked: [], close: async () => {} };
  const open = new Set<Socket>();
  const listener = createServer((socket) => {
    open.add(socket);
    socket.setNoDelay();
    let pending = Buffer.alloc(0);
    let state: "handshake" | "status" = "handshake";
    const answer = (packet: Buffer) => {
      if (state === "handshake") {
        const { host, next } = readHandshake(packet);
        server.asked.push(host);
        if (next !== 1) return socket.destroy();
        state = "status";
      } else if (packet[0] === 0 && server.status) {
        const text = Buffer.from(JSON.stringify(server.status));
        const whole = frame(Uint8Array.of(0), encodeVarint(text.length), text);
        // In two pieces: nobody promises that a packet of TCP is one of the game.
        socket.write(whole.subarray(0, 7));
        setImmediate(() => socket.write(whole.subarray(7)));
      } else if (packet[0] === 1 && server.answersPing) socket.write(frame(packet));
      else socket.destroy();
    };
    socket
      .on("data", (data) => {
        const { packets, rest } = takePackets(Buffer.concat([pending, data]));
        pending = Buffer.from(rest);
        for (const packet of packets) answer(packet);
      })
      .on("error", () => {})
      .on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => listener.listen(port, "127.0.0.1", resolve));
  server.close = () => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => listener.close(() => resolve()));
  };
  return server;
}

function readHandshake(packet: Buffer): { host: string; next: number } {
  const version = decodeVarint(packet.subarray(1));
  const begin = 1 + (version?.length ?? 0);
  const size = decodeVarint(packet.subarray(begin));
  const name = begin + (size?.length ?? 0);
  const end = name + (size?.value ?? 0);
  return { host: packet.toString("utf8", name, end), next: packet[end + 2] ?? 0 };
}

const MAGIC = Buffer.from("00ffff00fefefefefdfdfdfd12345678", "hex");

/** Unconnected ping of Minecraft: Bedrock Edition (wiki.vg, "Raknet Protocol"). Not the game. */
export async function serveBedrock(port: number, status: () => string): Promise<{ close(): Promise<void> }> {
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    if (message[0] !== 1 || !message.subarray(9, 25).equals(MAGIC)) return;
    const text = Buffer.from(status());
    const length = Buffer.from([text.length >> 8, text.length & 0xff]);
    const head = Buffer.concat([Buffer.from([0x1c]), message.subarray(1, 9), Buffer.alloc(8), MAGIC, length]);
    socket.send(Buffer.concat([head, text]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, "127.0.0.1", resolve));
  return { close: () => new Promise((resolve) => socket.close(() => resolve())) };
}
