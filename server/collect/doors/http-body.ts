import type { IncomingMessage } from "node:http";
import { pipeline, Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import { CollectError, errorCode } from "../../../plugins/sdk/errors";

export interface Body {
  readonly text: string;
  readonly truncated: boolean;
}

const EMPTY = Buffer.alloc(0);
const UTF8 = new TextDecoder();
/** More codings on one body than this are a bomb in a bomb. */
const MAX_CODINGS = 2;

/**
 * Reads and decodes a body of at most `maxBytes` decoded bytes. A decoder is asked for its next 16 KiB only when the
 * last were taken, so a bomb costs no more than the cap.
 */
export async function readBody(response: IncomingMessage, maxBytes: number, where: string): Promise<Body> {
  try {
    const { bytes, truncated } = await take(decode(response, where), maxBytes);
    return { text: decodeText(bytes, response.headers["content-type"]), truncated };
  } catch (error) {
    throw bodyError(error, where);
  } finally {
    response.destroy();
  }
}

/** What a stream brings, up to so many bytes. By its events: iterating over it costs a handful of promises for each piece. */
function take(stream: Readable, maxBytes: number): Promise<{ bytes: Buffer; truncated: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let finished = false;
    const finish = (truncated: boolean) => {
      finished = true;
      const [first = EMPTY, ...more] = chunks;
      resolve({ bytes: more.length === 0 ? first : Buffer.concat(chunks), truncated });
    };
    stream.on("data", (bytes: Buffer) => {
      const room = maxBytes - length;
      if (room < 0) return;
      chunks.push(bytes.length > room ? bytes.subarray(0, room) : bytes);
      length += bytes.length;
      if (bytes.length <= room) return;
      finish(true);
      stream.destroy();
    });
    stream.once("end", () => finish(false));
    // For good: an error that comes when nobody reads must not end the process.
    stream.on("error", reject);
    // An error looks up its stack, which takes longer than all else here.
    stream.once("close", () => {
      if (!finished) reject(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    });
  });
}

function decode(response: IncomingMessage, where: string): Readable {
  const header = response.headers["content-encoding"] ?? "";
  const codings = header
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length === 0) return response;
  if (codings.length > MAX_CODINGS)
    throw new CollectError("protocol", `${where} packed its answer ${codings.length} times.`);
  return Readable.from(unpack(response, codings.reverse(), where), { objectMode: false });
}

/** The decoder is chosen at the first byte: an empty body needs none, and `deflate` has two meanings in the wild. */
async function* unpack(response: IncomingMessage, codings: string[], where: string): AsyncGenerator<Buffer> {
  const source = response[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done) return;
  const start: Buffer = first.value;
  const whole = Readable.from(prepend(start, source), { objectMode: false });
  let stream: Readable = whole;
  for (const coding of codings) stream = pipeline(stream, createDecoder(coding, start, where), () => {});
  try {
    for await (const chunk of stream) yield chunk;
  } finally {
    stream.destroy();
    whole.destroy();
  }
}

async function* prepend(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function createDecoder(coding: string, start: Buffer, where: string): Transform {
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return zlib.createGunzip();
    case "br":
      return zlib.createBrotliDecompress();
    case "deflate":
      // zlib's header has 8 in its low bits (RFC 1950); some servers send the bare stream (RFC 1951).
      return ((start[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
    default:
      throw new CollectError("protocol", `${where} packed its answer in a way that was not asked for: ${coding}.`);
  }
}

function bodyError(error: unknown, where: string): unknown {
  if (error instanceof CollectError) return error;
  const code = errorCode(error);
  if (code === "ECONNRESET")
    return new CollectError("protocol", `${where} closed the connection in the middle of its answer.`, {
      hint: "The service or a proxy before it ended the answer early; look into its log.",
      cause: error,
    });
  if (code.startsWith("Z_") || code.startsWith("ERR_BROTLI") || code.startsWith("ERR__ERROR_FORMAT"))
    return new CollectError("protocol", `${where} sent an answer whose compression is broken.`, { cause: error });
  return error;
}

function decodeText(bytes: Buffer, contentType: string | undefined): string {
  const label = /;\s*charset="?([\w.:-]{1,40})/i.exec(contentType ?? "")?.[1];
  return (label === undefined ? UTF8 : decoderFor(label)).decode(bytes);
}

function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch (error) {
    // A server may name a charset that nobody knows; most of what it sends is ASCII then.
    if (error instanceof RangeError) return new TextDecoder("utf-8");
    throw error;
  }
}
