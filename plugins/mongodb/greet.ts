import { Buffer } from "node:buffer";
import { z } from "zod";
import { type CollectContext, CollectError, type Conversation, type StreamTarget } from "../sdk";
import type { Host } from "./address";
import type { Config } from "./config";
import { isSecured } from "./options";

const HEAD_BYTES = 16;
/** The answer to a hello has some hundred bytes; the list of a large replica set some thousand. */
const MAX_HELLO_BYTES = 65_536;
const REQUEST_ID = 1;
const OP_REPLY = 1;
const OP_MSG = 2_013;
const OP_QUERY = 2_004;
/** Flags, cursor, two numbers. */
const REPLY_FIELDS_BYTES = 20;
/** Flags, and the kind of the section. */
const MESSAGE_FIELDS_BYTES = 5;

/** What is read of the answer to a hello. */
const Hello = z.object({ primary: z.string().max(300).optional() }).catch({});

/**
 * Opens a connection the context's way first, and says hello (MongoDB wire protocol): so addresses that are not to be
 * dialled are refused, and a closed port, a wrong certificate or another service is told at once and in plain words. The
 * library tries again and again, and says only that it found no server.
 */
export async function greet(
  context: CollectContext<Config>,
  { host, port }: Host,
  { BSON }: Pick<typeof import("mongodb"), "BSON">,
): Promise<z.output<typeof Hello>> {
  const { uri, tls, tlsOptions, certPem, keyPem, serverSelectionTimeoutMs: timeoutMs } = context.config;
  const target: StreamTarget = isSecured(uri, tls)
    ? { transport: "tls", host, port, timeoutMs, tls: { ...tlsOptions, certPem, keyPem } }
    : { transport: "tcp", host, port, timeoutMs };
  const conversation = await context.connect(target);
  const where = `${host}:${port}`;
  try {
    await conversation.write(helloMessage());
    const document = await readAnswer(conversation, where);
    return Hello.parse(BSON.deserialize(document));
  } catch (error) {
    throw error instanceof CollectError ? error : strange(where, error);
  } finally {
    conversation.close();
  }
}

const strange = (where: string, cause?: unknown) =>
  new CollectError("protocol", `${where} does not speak MongoDB's protocol.`, {
    hint: "Check the port, and whether it expects TLS.",
    cause,
  });

/** The answer's document, whose bytes are in BSON. */
async function readAnswer(conversation: Conversation, where: string): Promise<Uint8Array> {
  const head = Buffer.from(await conversation.read(HEAD_BYTES));
  const [length, answers, kind] = [head.readInt32LE(0), head.readInt32LE(8), head.readInt32LE(12)];
  const isAnswer = answers === REQUEST_ID && (kind === OP_REPLY || kind === OP_MSG);
  if (!isAnswer || length < HEAD_BYTES || length > MAX_HELLO_BYTES) throw strange(where);
  const body = await conversation.read(length - HEAD_BYTES);
  return body.subarray(kind === OP_REPLY ? REPLY_FIELDS_BYTES : MESSAGE_FIELDS_BYTES);
}

/** `{ isMaster: 1 }` in the way that servers of all versions take before a login. */
function helloMessage(): Buffer {
  const name = Buffer.from("\x10isMaster\0");
  const document = Buffer.alloc(4 + name.length + 4 + 1);
  document.writeInt32LE(document.length, 0);
  name.copy(document, 4);
  document.writeInt32LE(1, 4 + name.length);
  const query = Buffer.concat([numbers(4), Buffer.from("admin.$cmd\0"), numbers(0, -1), document]);
  return Buffer.concat([numbers(HEAD_BYTES + query.length, REQUEST_ID, 0, OP_QUERY), query]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value, 4 * index);
  return bytes;
}
