import type { IncomingMessage, ServerResponse } from "node:http";
import type { Receipt } from "../../collect/receipts";
import { TooLarge, ungzip } from "../../push/inflate";
import type { Push } from "../../push/pushed";

/** What one kind of sender says and wants to hear. */
export interface Protocol {
  /** For people. */
  name(request: IncomingMessage): string;
  /** @throws Refused, PushFault, TooLarge */
  decode(body: Buffer, request: IncomingMessage): Promise<Push>;
  answer(asked: Asked, receipt: Receipt): void;
  /** @param status 503 and 429 are tried again by who sent it, all others are not */
  refuse(asked: Asked, status: number, message: string): void;
}
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Why a request is not even decoded. */
export class Refused extends Error {
  readonly status: 400 | 415;
  constructor(status: 400 | 415, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a body may be as it comes. A thousand times what senders have at once by themselves. */
export const MOST_SENT_BYTES = 8_388_608;
/** And when it is decompressed. */
export const MOST_PLAIN_BYTES = 33_554_432;
/** JSON takes several times its size in memory. */
export const MOST_JSON_BYTES = 12_582_912;

/** A body that may be gzipped. @throws Refused, TooLarge, PushFault */
export async function plainBody(body: Buffer, request: IncomingMessage, mostBytes = MOST_PLAIN_BYTES): Promise<Buffer> {
  const encoding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "gzip") return ungzip(body, mostBytes);
  if (encoding !== "identity" && encoding !== "")
    throw new Refused(415, "A body is taken as it is, or compressed by gzip.");
  if (body.length > mostBytes) throw new TooLarge(`The body has ${body.length} bytes; ${mostBytes} are taken.`);
  return body;
}

/** How many samples were not kept that were wanted. */
export const refusedOf = ({ refused }: Receipt): number => Object.values(refused).reduce((sum, one) => sum + one, 0);

/** In a sentence; "" when all were kept. */
export function remarkOf(receipt: Receipt): string {
  const refused = refusedOf(receipt);
  if (refused === 0) return "";
  return `${refused} of ${refused + receipt.kept} samples were not kept: ${receipt.remarks.join(" ")}`;
}
