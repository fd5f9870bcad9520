import type { IncomingMessage, ServerResponse } from "node:http";
import type { Visitor } from "../../auth/visitor";
import type { Sender } from "../../collect/senders";
import { type ErrorCode, messageOf, UnityError } from "../../errors";
import { TooLarge } from "../../push/inflate";
import { PushFault } from "../../push/pushed";
import { writeDeed } from "../../trpc/write-audit";
import type { Unity } from "../../unity";
import { readBody } from "../read-body";
import { createGate } from "./gate";
import { influx } from "./influx";
import { otlp } from "./otlp";
import { type Asked, MOST_SENT_BYTES, type Protocol, Refused } from "./protocol";
import { remoteWrite } from "./remote-write";

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ["/api/v1/write", remoteWrite],
  ["/v1/metrics", otlp],
  ["/api/v1/otlp/v1/metrics", otlp],
  ["/api/v2/write", influx],
  ["/write", influx],
]);

/** A sender on a slow line has so long for a body. */
const BODY_MS = 30_000;
const RETRY_AFTER_SECONDS = "5";
const STATUS: Readonly<Record<ErrorCode, number>> = {
  ...{ not_found: 404, invalid: 400, conflict: 409, unavailable: 503, forbidden: 403, too_many: 403, internal: 500 },
};

type Parts = Pick<Unity, "accounts" | "audit" | "receiver" | "log">;
interface PushHandler {
  matches(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse, path: string, visitor: Visitor): Promise<void>;
}

/** Takes what programs push: decoded, handed on, and answered once it is as safe as what Unity collects itself. */
export function createPushHandler(unity: Parts): PushHandler {
  const gate = createGate();

  async function take(protocol: Protocol, asked: Asked, visitor: Visitor): Promise<void> {
    const { request } = asked;
    const sender = senderOf(visitor);
    if (!sender) return protocol.refuse(asked, 403, "Only a token pushes: make one whose scope is send.");
    const body = await readInTime(request);
    const push = await protocol.decode(body, request);
    const arrival = {
      protocol: protocol.name(request),
      program: (request.headers["user-agent"] ?? "").slice(0, 100),
      address: visitor.address ?? "",
    };
    const { instance, isNew, ...receipt } = await unity.receiver.receive(sender, push, arrival);
    // Pushing is no deed, but that something new is watched is.
    if (isNew) noteNew(visitor, instance);
    protocol.answer(asked, receipt);
  }

  function senderOf({ via, credentialId, tags }: Visitor): Sender | undefined {
    const token = via === "token" && credentialId !== null ? unity.accounts.tokens.get(credentialId) : undefined;
    return token && { tokenId: token.id, tokenName: token.name, tags };
  }

  function noteNew(visitor: Visitor, { id, name }: { readonly id: string; readonly name: string }): void {
    writeDeed({ unity, visitor, path: "plugins.create" }, { outcome: "done", subject: { id, name }, details: {} });
  }

  function refuse(protocol: Protocol, asked: Asked, error: unknown): void {
    if (asked.response.headersSent || asked.response.destroyed) return;
    const [status, message] = refusalOf(error);
    if (status === 500) unity.log.error({ err: error }, "a push could not be taken");
    if (status === 503) asked.response.setHeader("retry-after", RETRY_AFTER_SECONDS);
    protocol.refuse(asked, status, message);
  }

  return {
    matches: (path) => PROTOCOLS.has(path),
    async handle(request, response, path, visitor) {
      const protocol = PROTOCOLS.get(path);
      if (!protocol) return;
      const asked = { request, response };
      if (request.method !== "POST") return protocol.refuse(asked, 405, "Metrics are pushed by POST.");
      const busy = new UnityError("unavailable", "Too many pushes wait.");
      try {
        await (gate.enter(() => take(protocol, asked, visitor)) ?? Promise.reject(busy));
      } catch (error) {
        refuse(protocol, asked, error);
      }
    },
  };
}

function refusalOf(error: unknown): readonly [status: number, message: string] {
  if (error instanceof Refused) return [error.status, error.message];
  if (error instanceof PushFault) return [400, error.message];
  if (error instanceof TooLarge) return [413, error.message];
  if (error instanceof UnityError) return [STATUS[error.code], error.message];
  return [500, `Something went wrong inside Unity: ${messageOf(error).slice(0, 200)}`];
}

/** @throws TooLarge, PushFault when it takes too long or is not sent to its end */
async function readInTime(request: IncomingMessage): Promise<Buffer> {
  const timer = setTimeout(() => request.destroy(), BODY_MS);
  try {
    const body = await readBody(request, MOST_SENT_BYTES);
    if (!body) throw new TooLarge(`The body has more than ${MOST_SENT_BYTES} bytes.`);
    return body;
  } catch (error) {
    throw error instanceof TooLarge ? error : new PushFault("The body was not sent to its end.");
  } finally {
    clearTimeout(timer);
  }
}
