import type { IncomingMessage } from "node:http";
import { decodeLines } from "../../push/line-protocol";
import { answerJson } from "../answer-json";
import { type Protocol, plainBody, refusedOf, remarkOf } from "./protocol";

/** What InfluxDB calls each kind of refusal. */
const CODES: Readonly<Record<number, string>> = {
  ...{ 400: "invalid", 401: "unauthorized", 403: "forbidden", 405: "method not allowed", 413: "request too large" },
  ...{ 415: "unsupported media type", 429: "too many requests", 503: "unavailable" },
};

/** InfluxDB's line protocol, as its versions 1 (`/write`) and 2 (`/api/v2/write`) take it. Databases and buckets are not looked at. */
export const influx: Protocol = {
  name: () => "Influx line protocol",
  async decode(body, request) {
    const precision = queryOf(request).get("precision") ?? "";
    return decodeLines(await plainBody(body, request), { precision, now: Date.now() });
  },
  answer(asked, receipt) {
    if (refusedOf(receipt) === 0) asked.response.writeHead(204, { "cache-control": "no-store" }).end();
    else influx.refuse(asked, 400, `partial write: ${remarkOf(receipt)}`);
  },
  refuse({ request, response }, status, message) {
    const isFirst = request.url?.startsWith("/write") ?? false;
    answerJson(response, status, isFirst ? { error: message } : { code: CODES[status] ?? "internal error", message });
  },
};

const queryOf = ({ url = "" }: IncomingMessage) => new URLSearchParams(url.split("?", 2)[1] ?? "");
