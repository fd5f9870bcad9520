import { CollectError, type Conversation } from "../sdk";

const START_TLS_OID = "1.3.6.1.4.1.1466.20037";
/** An answer to StartTLS is a few dozen bytes. */
const MAX_ANSWER_BYTES = 64 * 1_024;

const EXTENDED_RESPONSE = 0x78;
const SUCCESS = 0;

/** The StartTLS extended operation (RFC 4511, 4.14), in BER. @throws CollectError `tls`, `protocol` */
export async function askLdap(conversation: Conversation, where: string): Promise<void> {
  await conversation.write(startTlsRequest());
  const result = readResultCode(await readMessage(conversation, where));
  if (result === undefined)
    throw new CollectError("protocol", `${where} does not speak LDAP.`, { hint: "Check the port." });
  if (result !== SUCCESS)
    throw new CollectError("tls", `${where} refused StartTLS with LDAP's result code ${result}.`, {
      hint: result === 2 || result === 52 ? "Give the server a certificate." : "Look into the server's log.",
    });
}

function startTlsRequest(): Uint8Array {
  const name = [...new TextEncoder().encode(START_TLS_OID)];
  const requestName = [0x80, name.length, ...name];
  const operation = [0x77, requestName.length, ...requestName];
  const message = [0x02, 1, 1, ...operation];
  return Uint8Array.from([0x30, message.length, ...message]);
}

/** The content of the outer sequence. */
async function readMessage(conversation: Conversation, where: string): Promise<Uint8Array> {
  const [tag, first = 0] = await conversation.read(2);
  const lengthBytes = first & 0x80 ? first & 0x7f : 0;
  let length = lengthBytes === 0 ? first : 0;
  if (lengthBytes > 0 && lengthBytes <= 4)
    for (const byte of await conversation.read(lengthBytes)) length = length * 256 + byte;
  if (tag !== 0x30 || lengthBytes > 4 || length > MAX_ANSWER_BYTES)
    throw new CollectError("protocol", `${where} does not speak LDAP.`, { hint: "Check the port." });
  return conversation.read(length);
}

/** Message id, then the extended response, whose first element is the result code. */
function readResultCode(message: Uint8Array): number | undefined {
  const id = readElement(message, 0);
  const response = id?.tag === 0x02 ? readElement(message, id.end) : undefined;
  const code = response?.tag === EXTENDED_RESPONSE ? readElement(response.content, 0) : undefined;
  return code?.tag === 0x0a ? code.content[0] : undefined;
}

function readElement(bytes: Uint8Array, at: number) {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const extra = first & 0x80 ? first & 0x7f : 0;
  if (extra > 4) return undefined;
  const start = at + 2 + extra;
  const length = extra === 0 ? first : bytes.slice(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const end = start + length;
  return end <= bytes.length ? { tag, content: bytes.slice(start, end), end } : undefined;
}
