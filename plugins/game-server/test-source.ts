import { createSocket } from "node:dgram";

interface SourceServer {
  players: string[];
  bots: number;
  map: string;
  version: string;
  hasPassword: boolean;
  close(): Promise<void>;
}

const FULL = Buffer.from("ffffffff", "hex");
const SPLIT = Buffer.from("feffffff", "hex");
const CHALLENGE = Buffer.from("11223344", "hex");
const INFO = 0x54;
const PLAYERS = 0x55;
/** Where the challenge stands in each question. */
const BEGINS = { [INFO]: 25, [PLAYERS]: 5 } as const;
const SPLIT_BYTES = 40;

/**
 * Server queries of Valve's Source engine (developer.valvesoftware.com, "Server queries"): every question needs a challenge, and a list of
 * players that is longer than a packet comes in parts, the last one first. Not a game.
 */
export async function serveSource(port: number): Promise<SourceServer> {
  const socket = createSocket("udp4");
  const server: SourceServer = {
    players: [],
    bots: 0,
    map: "de_dust2",
    version: "1.38.8.1",
    hasPassword: false,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on("message", (message, from) => {
    const send = (data: Buffer) => socket.send(data, from.port, from.address);
    const kind = message[4];
    if (kind !== INFO && kind !== PLAYERS) return;
    if (!message.subarray(BEGINS[kind]).equals(CHALLENGE))
      return send(Buffer.concat([FULL, Buffer.from("A"), CHALLENGE]));
    const answer = Buffer.concat([FULL, kind === INFO ? info(server) : players(server)]);
    if (kind === INFO || answer.length <= SPLIT_BYTES) return send(answer);
    for (const part of split(answer).reverse()) send(part);
  });
  await new Promise<void>((resolve) => socket.bind(port, "127.0.0.1", resolve));
  return server;
}

const text = (value: string) => Buffer.from(`${value}\0`);

function info({ players: list, bots, map, version, hasPassword }: SourceServer): Buffer {
  return Buffer.concat([
    Buffer.from([0x49, 17]),
    ...["Unity test", map, "csgo", "Counter-Strike"].map(text),
    Buffer.from([0xda, 0x02, list.length + bots, 10, bots]),
    Buffer.from("dl"),
    Buffer.from([hasPassword ? 1 : 0, 1]),
    text(version),
    Buffer.from([0]),
  ]);
}

function players({ players: list, bots }: SourceServer): Buffer {
  const all = [...list, ...Array.from({ length: bots }, (_, index) => `bot ${index}`)];
  const rows = all.map((name, index) =>
    Buffer.concat([Buffer.from([index]), text(name), Buffer.alloc(4), Buffer.from(new Float32Array([60]).buffer)]),
  );
  return Buffer.concat([Buffer.from([0x44, all.length]), ...rows]);
}

function split(answer: Buffer): Buffer[] {
  const count = Math.ceil(answer.length / SPLIT_BYTES);
  return Array.from({ length: count }, (_, index) =>
    Buffer.concat([
      SPLIT,
      Buffer.from([7, 0, 0, 0, count, index, SPLIT_BYTES, 0]),
      answer.subarray(index * SPLIT_BYTES, (index + 1) * SPLIT_BYTES),
    ]),
  );
}
