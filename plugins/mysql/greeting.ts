import { Buffer } from "node:buffer";
import { CollectError, type Conversation } from "../sdk";
import { toFailure } from "./failure";

/** What the server says first (MySQL protocol, HandshakeV10), as far as the way of connecting depends on it. */
export interface Greeting {
  /** The packet itself, with its head. */
  readonly packet: Buffer;
  readonly offersTls: boolean;
}

/** Length in three bytes, then a number that counts packets. */
const HEAD_BYTES = 4;
const MAX_GREETING_BYTES = 4_096;
const ERROR = 0xff;
const PROTOCOL = 10;
/** CLIENT_SSL, in the lower half of the capabilities. */
const TLS_FLAG = 0x0800;
/** After the version's text: connection id, beginning of the scramble, a zero. */
const BETWEEN_BYTES = 4 + 8 + 1;

/** @throws CollectError when the server refuses at once, and `protocol` when it is none */
export async function readGreeting(conversation: Conversation, where: string): Promise<Greeting> {
  const head = Buffer.from(await conversation.read(HEAD_BYTES));
  const length = head.readUIntLE(0, 3);
  if (length === 0 || length > MAX_GREETING_BYTES) throw notMysql(where);
  const body = Buffer.from(await conversation.read(length));
  if (body[0] === ERROR && length > 3) {
    // Before the login it is not sure whether a SQLSTATE stands in front of the words.
    const words = body.toString("utf8", 3).replace(/^#.{5}/s, "");
    throw toFailure({ errno: body.readUInt16LE(1), message: words }, where);
  }
  const versionEnd = body.indexOf(0, 1);
  const flagsAt = versionEnd + 1 + BETWEEN_BYTES;
  if (body[0] !== PROTOCOL || versionEnd < 2 || flagsAt + 2 > length) throw notMysql(where);
  return { packet: Buffer.concat([head, body]), offersTls: (body.readUInt16LE(flagsAt) & TLS_FLAG) !== 0 };
}

export const notMysql = (where: string) =>
  new CollectError("protocol", `${where} does not speak MySQL's protocol.`, { hint: "Check the port." });
