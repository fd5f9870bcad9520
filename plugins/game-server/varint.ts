import { CollectError, type Conversation } from "../sdk";

/** Five bytes hold 32 bits. */
const MAX_BYTES = 5;

/** A number as Minecraft writes it (wiki.vg, "VarInt"): seven bits a byte, the lowest first. */
export function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

/** @returns undefined when the bytes end within it, or it is longer than 32 bits */
export function decodeVarint(bytes: Uint8Array): { value: number; length: number } | undefined {
  let value = 0;
  for (let length = 1; length <= MAX_BYTES; length += 1) {
    const byte = bytes[length - 1];
    if (byte === undefined) return undefined;
    value |= (byte & 0x7f) << (7 * (length - 1));
    if (byte < 0x80) return { value: value >>> 0, length };
  }
  return undefined;
}

/** @throws CollectError `protocol` */
export async function readVarint(conversation: Conversation, where: string): Promise<number> {
  let value = 0;
  for (let index = 0; index < MAX_BYTES; index += 1) {
    const [byte = 0] = await conversation.read(1);
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return value >>> 0;
  }
  throw new CollectError("protocol", `${where} does not speak Minecraft's protocol.`);
}
