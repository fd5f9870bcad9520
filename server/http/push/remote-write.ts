import type { Receipt } from "../../collect/receipts";
import { unsnap } from "../../push/inflate";
import { decodeWrite, type Message } from "../../push/remote-write";
import { WireReader } from "../../push/wire-reader";
import { MOST_PLAIN_BYTES, type Protocol, Refused, refusedOf, remarkOf } from "./protocol";

const MESSAGES: readonly Message[] = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"];

/** Prometheus remote write 1.0 and 2.0. What was not kept for good is 400, with how much was: it is not sent again. */
export const remoteWrite: Protocol = {
  name: ({ headers }) =>
    `Prometheus remote write ${messageOf(headers["content-type"]) === MESSAGES[1] ? "2.0" : "1.0"}`,
  async decode(body, { headers }) {
    const message = messageOf(headers["content-type"]);
    if (!message)
      throw new Refused(415, `The Content-Type must be application/x-protobuf, with proto=${MESSAGES.join(" or ")}.`);
    if (headers["content-encoding"]?.trim().toLowerCase() !== "snappy")
      throw new Refused(415, "The Content-Encoding must be snappy.");
    return decodeWrite(new WireReader(unsnap(body, MOST_PLAIN_BYTES)), message);
  },
  answer({ response }, receipt) {
    const isWhole = refusedOf(receipt) === 0;
    response.writeHead(isWhole ? 204 : 400, { ...writtenOf(receipt), "content-type": "text/plain; charset=utf-8" });
    response.end(isWhole ? undefined : `${remarkOf(receipt)}\n`);
  },
  refuse({ response }, status, message) {
    response.writeHead(status, { ...writtenOf(undefined), "content-type": "text/plain; charset=utf-8" });
    response.end(`${message}\n`);
  },
};

/** Undefined for another one. */
function messageOf(contentType = ""): Message | undefined {
  const [type, ...parameters] = contentType.split(";").map((part) => part.trim());
  if (type?.toLowerCase() !== "application/x-protobuf") return undefined;
  const proto = parameters.find((parameter) => parameter.toLowerCase().startsWith("proto="))?.slice("proto=".length);
  return MESSAGES.find((message) => message === (proto ?? MESSAGES[0])?.replaceAll('"', ""));
}

/** What says nothing was taken as well: there is nothing in it to keep. */
const writtenOf = (receipt: Receipt | undefined) => ({
  "x-prometheus-remote-write-samples-written": String(receipt ? receipt.kept + receipt.leftOut : 0),
  "x-prometheus-remote-write-histograms-written": "0",
  "x-prometheus-remote-write-exemplars-written": "0",
  "cache-control": "no-store",
});
