import { createServer, type Socket } from "node:net";
import mongodb from "mongodb";

/** MongoDB wire protocol: the message of today, and the two that old clients begin with. */
const OP_MSG = 2_013;
const OP_QUERY = 2_004;
const OP_REPLY = 1;
const HEAD_BYTES = 16;

type Document = Readonly<Record<string, unknown>>;
/** What a command is answered; `{ code, errmsg }` refuses it. */
export type Answer = (db: string, command: Document) => Document;

export const HELLO = {
  ...{ helloOk: true, isWritablePrimary: true, ismaster: true, readOnly: false },
  ...{ maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000 },
  ...{ minWireVersion: 0, maxWireVersion: 25, localTime: new Date(0) },
};

/** For tests only: speaks MongoDB's protocol, and says what it is told to. */
export async function startDouble(answer: Answer) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (data) => {
      pending = Buffer.concat([pending, data]);
      while (pending.length >= HEAD_BYTES && pending.length >= pending.readInt32LE(0)) {
        const message = pending.subarray(0, pending.readInt32LE(0));
        pending = pending.subarray(message.length);
        const { db, command, isOld } = read(message);
        const told = answer(db, command);
        const document = { ok: "code" in told ? 0 : 1, ...told };
        socket.write(write(document, message.readInt32LE(4), isOld));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function read(message: Buffer): { db: string; command: Document; isOld: boolean } {
  if (message.readInt32LE(12) === OP_MSG) {
    // Flags, then a section of the kind 0: one document.
    const command = mongodb.BSON.deserialize(message.subarray(HEAD_BYTES + 5));
    return { db: String(command.$db), command, isOld: false };
  }
  if (message.readInt32LE(12) !== OP_QUERY) throw new Error("The double was sent something else.");
  // Flags, "admin.$cmd", two numbers, then the document.
  const nameEnd = message.indexOf(0, HEAD_BYTES + 4);
  const name = message.toString("utf8", HEAD_BYTES + 4, nameEnd);
  const command = mongodb.BSON.deserialize(message.subarray(nameEnd + 9));
  const wrapped: unknown = command.$query;
  const inner = typeof wrapped === "object" && wrapped !== null ? { ...wrapped } : command;
  return { db: name.replace(/\.\$cmd$/, ""), command: inner, isOld: true };
}

function write(document: Document, responseTo: number, isOld: boolean): Buffer {
  const body = mongodb.BSON.serialize(document);
  const between = Buffer.alloc(isOld ? 20 : 5);
  if (isOld) {
    between.writeInt32LE(8, 0);
    between.writeInt32LE(1, 16);
  }
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeInt32LE(HEAD_BYTES + between.length + body.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(isOld ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([head, between, body]);
}
