import { createSocket } from "node:dgram";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { collectReadings } from "../../plugins/sdk/collect";
import { CollectError } from "../../plugins/sdk/errors";
import { createMemory } from "../../plugins/sdk/memory";
import type { Plugin } from "../../plugins/sdk/plugin";
import { createDoors } from "./doors/doors";

/** How an address can be: nobody there, accepting and silent, another service, without an end, sending elsewhere. */
export type Situation = "closed" | "silent" | "html" | "endless" | "redirect";

interface Outcome {
  readonly failure: string | undefined;
  /** Failure and parts that failed, for whoever reads a failed test. */
  readonly told: string;
  /** How much of the answers was taken. */
  readonly bytesTaken: number;
  /** Lines with a credential that another host was sent. */
  readonly leaked: readonly string[];
}

/** The time of a run here. Whoever waits for a silent server is ended by it. */
const RUN_MS = 2_000;
/** What the plugin may still need to clean up then. */
const GRACE_MS = 3_000;
const ENDLESS_BYTES = 50_000_000;
/** Where the other side speaks first, nobody asks; so after this the answer comes unasked. */
const UNASKED_MS = 100;
const CANARY = "canary-secret";
const HTML = "<!doctype html><html><head><title>Log in</title></head><body><h1>Log in</h1></body></html>";

/** Runs a plugin once against an address in such a state. */
export async function runAgainst(
  situation: Situation,
  target: { plugin: Plugin; transport: "tcp" | "udp"; config: Readonly<Record<string, unknown>> },
): Promise<Outcome> {
  const elsewhere = await listen((socket, sent) => answerHttp(socket, sent, HTML));
  const server = await open(situation, target.transport, elsewhere.port);
  try {
    const config = fillIn(target.config, { host: "127.0.0.1", port: server.port });
    const { failure, partial } = await runOnce(target.plugin, config);
    const told = [failure, ...partial].map((one) => `${one?.reason}: ${one?.message}`).join("; ");
    return { failure: failure?.reason, told, bytesTaken: server.bytesTaken(), leaked: elsewhere.sent.filter(isLeak) };
  } finally {
    await Promise.all([server.close(), elsewhere.close()]);
  }
}

async function runOnce(plugin: Plugin, config: unknown) {
  const run = new AbortController();
  const timer = setTimeout(() => run.abort(new CollectError("timeout", "The run was not done.")), RUN_MS);
  const { doors, close } = createDoors({ signal: run.signal });
  const now = Date.now();
  const log = { debug: () => {}, warn: () => {} };
  try {
    const memory = createMemory(() => now);
    return await collectReadings(plugin, { config, doors, now, signal: run.signal, memory, log });
  } finally {
    clearTimeout(timer);
    const late = pause(GRACE_MS).then(() => Promise.reject(new Error(`${plugin.id} holds its doors open.`)));
    await Promise.race([close(), late]);
  }
}

/** Fills `${host}` and `${port}` into texts, at any depth; a text that is the port alone becomes a number. */
function fillIn(value: unknown, address: { host: string; port: number }): unknown {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what targets.json writes
  if (value === "${port}") return address.port;
  if (typeof value === "string")
    return value.replaceAll(/\$\{(host|port)\}/g, (_, name: "host" | "port") => String(address[name]));
  if (Array.isArray(value)) return value.map((entry) => fillIn(entry, address));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillIn(entry, address)]));
}

interface Listening {
  readonly port: number;
  bytesTaken(): number;
  /** A text for each connection. */
  readonly sent: string[];
  close(): Promise<void>;
}

async function open(situation: Situation, transport: "tcp" | "udp", elsewhere: number): Promise<Listening> {
  if (transport === "udp") return openUdp(situation);
  switch (situation) {
    case "closed": {
      const server = await listen(() => {});
      await server.close();
      return { ...server, close: async () => {} };
    }
    case "silent":
      return listen(() => {});
    case "html":
      return listen((socket, sent) => answerHttp(socket, sent, HTML));
    case "endless":
      return listen(answerWithoutEnd);
    case "redirect":
      return listen((socket) =>
        socket.end(
          `HTTP/1.1 307 Moved\r\nLocation: http://localhost:${elsewhere}/there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
        ),
      );
    default:
      return situation satisfies never;
  }
}

async function listen(answer: (socket: net.Socket, sent: string) => void): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  const sent: string[] = [];
  let bytes = 0;
  const server = net.createServer((socket) => {
    sockets.add(socket);
    const index = sent.push("") - 1;
    let answered = false;
    const once = () => {
      if (answered) return;
      answered = true;
      answer(socket, sent[index] ?? "");
    };
    const unasked = setTimeout(once, UNASKED_MS);
    socket
      .on("data", (data) => {
        sent[index] += data.toString("latin1");
        // Headers and the body come in one piece or two.
        setTimeout(once, 10);
      })
      .on("error", () => {})
      .on("close", () => {
        clearTimeout(unasked);
        bytes += socket.bytesWritten;
        sockets.delete(socket);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const open = () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten - socket.writableLength, 0);
  return {
    port: typeof address === "object" && address ? address.port : 0,
    sent,
    bytesTaken: () => bytes + open(),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answerHttp(socket: net.Socket, _sent: string, body: string): void {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  socket.end(head + body);
}

/** JSON that goes on for 50 MB, or without a head for those who do not speak HTTP. */
function answerWithoutEnd(socket: net.Socket, sent: string): void {
  if (/HTTP\/1\.[01]\r\n/.test(sent) || sent === "")
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${ENDLESS_BYTES}\r\nConnection: close\r\n\r\n`,
    );
  const piece = Buffer.alloc(65_536, "[");
  let left = ENDLESS_BYTES;
  const write = () => {
    while (left > 0 && !socket.destroyed) {
      left -= piece.length;
      if (!socket.write(piece)) return socket.once("drain", write);
    }
    return socket.end();
  };
  write();
}

async function openUdp(situation: Situation): Promise<Listening> {
  const socket = createSocket("udp4");
  let bytes = 0;
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  const close = () => new Promise<void>((resolve) => socket.close(() => resolve()));
  if (situation === "closed") await close();
  const payload = situation === "endless" ? Buffer.alloc(60_000, "[") : Buffer.from(HTML);
  if (situation !== "silent")
    socket.on("message", (_, from) => {
      bytes += payload.length;
      socket.send(payload, from.port, from.address, () => {});
    });
  return { port, sent: [], bytesTaken: () => bytes, close: situation === "closed" ? async () => {} : close };
}

/** In plain text, or within what Basic authentication makes of it. */
function isLeak(text: string): boolean {
  if (text.includes(CANARY)) return true;
  const words = text.match(/[A-Za-z0-9+/=_-]{12,}/g) ?? [];
  return words.some((word) => Buffer.from(word, "base64").toString("latin1").includes(CANARY));
}
