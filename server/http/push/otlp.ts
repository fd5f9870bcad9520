import type { IncomingMessage } from "node:http";
import { readOtlp } from "../../push/otlp";
import { decodeOtlp } from "../../push/otlp-messages";
import { parseModestJson } from "../../push/otlp-shape";
import { WireReader } from "../../push/wire-reader";
import { answerJson } from "../answer-json";
import { type Asked, MOST_JSON_BYTES, type Protocol, plainBody, Refused, refusedOf, remarkOf } from "./protocol";

/** OTLP 1.x over HTTP, metrics only: binary protobuf and JSON, answered in the same. */
export const otlp: Protocol = {
  name: () => "OpenTelemetry",
  async decode(body, request) {
    const form = formOf(request);
    if (form === undefined)
      throw new Refused(415, "The Content-Type must be application/x-protobuf or application/json.");
    if (form === "json") return readOtlp(parseModestJson(await plainBody(body, request, MOST_JSON_BYTES)));
    return readOtlp(decodeOtlp(new WireReader(await plainBody(body, request))));
  },
  answer(asked, receipt) {
    const rejected = refusedOf(receipt);
    const message = remarkOf(receipt);
    if (formOf(asked.request) === "json") {
      const partialSuccess = { rejectedDataPoints: String(rejected), errorMessage: message };
      return answerJson(asked.response, 200, rejected === 0 ? {} : { partialSuccess });
    }
    const partial = Buffer.concat([Buffer.from([0x08]), varint(rejected), field(0x12, Buffer.from(message))]);
    answerBinary(asked, 200, rejected === 0 ? Buffer.alloc(0) : field(0x0a, partial));
  },
  /** `google.rpc.Status`, without a code: HTTP's says it. */
  refuse(asked, status, message) {
    if (formOf(asked.request) === "json") answerJson(asked.response, status, { message });
    else answerBinary(asked, status, field(0x12, Buffer.from(message)));
  },
};

function formOf({ headers }: IncomingMessage): "protobuf" | "json" | undefined {
  const type = (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/x-protobuf") return "protobuf";
  return type === "application/json" ? "json" : undefined;
}

function answerBinary({ response }: Asked, status: number, body: Buffer): void {
  response.writeHead(status, { "content-type": "application/x-protobuf", "cache-control": "no-store" }).end(body);
}

const field = (tag: number, bytes: Buffer) => Buffer.concat([Buffer.from([tag]), varint(bytes.length), bytes]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
