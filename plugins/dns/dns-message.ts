import type { Answer, RecordClass, RecordType } from "dns-packet";
import { CollectError } from "../sdk";

type Packet = typeof import("dns-packet");

export interface Asked {
  readonly name: string;
  readonly type: string;
  readonly class: "IN" | "CH";
}
export interface Message {
  readonly rcode: string;
  /** The answer did not fit into a datagram. */
  readonly truncated: boolean;
  /** Each answer as text, in the usual way of writing; a TXT record's strings one by one. */
  readonly answers: readonly string[];
}

/** What a datagram may hold without being taken apart on the way (DNS flag day 2020). */
const UDP_BYTES = 1_232;

/** A question with recursion desired and EDNS0. RFC 1035, RFC 6891. */
export function encodeQuestion(packet: Packet, id: number, asked: Asked): Uint8Array {
  const { name, type } = asked;
  return packet.encode({
    type: "query",
    id,
    flags: packet.RECURSION_DESIRED,
    // The type comes from the closed list of the settings.
    questions: [{ name: name.replace(/\.$/, ""), type: type as RecordType, class: asked.class satisfies RecordClass }],
    additionals: [
      {
        type: "OPT",
        name: ".",
        udpPayloadSize: UDP_BYTES,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  });
}

/** @throws CollectError `protocol` when it is no answer to this very question */
export function decodeAnswer(packet: Packet, bytes: Uint8Array, id: number, where: string): Message {
  const fail = (what: string, cause?: unknown) =>
    new CollectError("protocol", `${where} ${what}.`, { hint: "Check that a DNS server listens on this port.", cause });
  let decoded: ReturnType<Packet["decode"]>;
  try {
    decoded = packet.decode(Buffer.from(bytes));
  } catch (error) {
    throw fail("answered with something that is no DNS message", error);
  }
  if (decoded.type !== "response") throw fail("sent no answer");
  if (decoded.id !== id) throw fail("answered another question");
  // The types leave out the response code, which every decoded message has.
  const { rcode } = decoded as { rcode?: unknown };
  return {
    rcode: typeof rcode === "string" ? rcode : "",
    truncated: ((decoded.flags ?? 0) & packet.TRUNCATED_RESPONSE) !== 0,
    answers: (decoded.answers ?? []).flatMap(textsOf),
  };
}

function textsOf(answer: Answer): string[] {
  switch (answer.type) {
    case "A":
    case "AAAA":
    case "CNAME":
    case "NS":
    case "PTR":
      return [answer.data];
    case "MX":
      return [`${answer.data.preference ?? 0} ${answer.data.exchange}`];
    case "SRV":
      return [`${answer.data.priority ?? 0} ${answer.data.weight ?? 0} ${answer.data.port} ${answer.data.target}`];
    case "SOA":
      return [`${answer.data.mname} ${answer.data.rname} ${answer.data.serial ?? 0}`];
    case "TXT":
      return [answer.data].flat().map((text) => text.toString());
    default:
      return [];
  }
}
