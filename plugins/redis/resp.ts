import { Buffer } from "node:buffer";
import { CollectError, type Conversation } from "../sdk";

/** What a server says: text, a number, nothing, or a list of these. Error replies are thrown as {@link ErrorReply}. */
export type Reply = string | number | null | readonly Reply[];

/** The server's "-WRONGPASS ...": understood, and refused. */
export class ErrorReply extends Error {
  override readonly name = "ErrorReply";
}

/** Longest list: CONFIG GET and LATENCY LATEST give a few dozen entries. */
const MAX_ENTRIES = 10_000;
const MAX_DEPTH = 4;

/** A command as a list of bulk strings (RESP 2, "Sending commands to a Redis server"). */
export function encodeCommand(words: readonly string[]): string {
  const bulk = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${bulk.join("")}`;
}

/** Reads one reply of RESP 2. @throws ErrorReply @throws CollectError `protocol` when something else answers */
export async function readReply(conversation: Conversation, where: string, depth = 0): Promise<Reply> {
  const line = await conversation.readLine();
  const rest = line.slice(1);
  switch (line[0]) {
    case "+":
      return rest;
    case "-":
      throw new ErrorReply(rest);
    case ":":
      return lengthOf(rest, where);
    case "$":
      return readBulk(conversation, lengthOf(rest, where));
    case "*":
      return readList(conversation, where, lengthOf(rest, where), depth);
    default:
      throw notRedis(where);
  }
}

async function readBulk(conversation: Conversation, length: number): Promise<string | null> {
  if (length < 0) return null;
  const bytes = await conversation.read(length);
  await conversation.read(2);
  return Buffer.from(bytes).toString("utf8");
}

async function readList(conversation: Conversation, where: string, length: number, depth: number): Promise<Reply> {
  if (length < 0) return null;
  if (length > MAX_ENTRIES || depth >= MAX_DEPTH) throw notRedis(where);
  const entries: Reply[] = [];
  while (entries.length < length) entries.push(await readReply(conversation, where, depth + 1));
  return entries;
}

function lengthOf(text: string, where: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw notRedis(where);
  return Number(text);
}

const notRedis = (where: string) =>
  new CollectError("protocol", `${where} does not speak Redis' protocol.`, {
    hint: "Check the port, and whether it expects TLS.",
  });
