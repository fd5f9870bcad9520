import { CollectError } from "../../../plugins/sdk/errors";
import type { Network } from "../../../plugins/sdk/ip-address";
import { type Address, lookupAddresses, readAddress } from "./lookup";
import { type Refusal, whyRefused } from "./refused-addresses";

/**
 * Finds where a host that a person entered may be connected to. Every door asks it, and connects to what it answers, never to the
 * name: an address that was not looked at cannot come in between.
 *
 * @returns at least one address
 * @throws CollectError `dns`; `permission` when all its addresses are link-local, of cloud metadata or of no single machine
 */
export type Guard = (host: string, family?: 4 | 6) => Promise<Address[]>;

interface Parts {
  /** What an admin allows beyond the ordinary. */
  readonly allowed?: readonly Network[];
  readonly lookup?: Guard;
}

/** Private networks and this machine are allowed: they are what is watched. */
export function createGuard({ allowed = [], lookup = lookupAddresses }: Parts = {}): Guard {
  return async (host, family) => {
    const name = readAddress(host) ? host : canonicalName(host);
    const literal = readAddress(name);
    const found = literal ? [literal] : await lookup(name, family);
    const refusals = found.map(({ address }) => whyRefused(address, allowed));
    // A name in the local network often has a link-local address beside its own (mDNS); the others are as good as ever.
    const usable = found.filter((_, index) => refusals[index] === undefined);
    if (usable.length > 0) return usable;
    const [[first], [refusal]] = [found, refusals];
    throw first && refusal
      ? refusedError(host, first.address, refusal)
      : new CollectError("dns", `${host} has no address.`);
  };
}

/** The name as the DNS knows it. Full-width digits, 0xa9fea9fe, 2852039166 and 0251.0376.1 are addresses by then, as for a browser. */
function canonicalName(host: string): string {
  const url = /^[^\s/?#@\\:[\]]+$/.test(host) || isBracketed(host) ? `http://${host}` : "";
  if (!URL.canParse(url)) {
    throw new CollectError("dns", `${JSON.stringify(host.slice(0, 100))} is not a name of a machine.`, {
      hint: "Write a name or an address, without http:// and port.",
    });
  }
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}

const isBracketed = (host: string) => /^\[[\da-f:.]+\]$/i.test(host);

function refusedError(host: string, address: string, { kind, hint }: Refusal): CollectError {
  const plain = address.replace(/%.*$/, "");
  const subject = host === address ? plain : `${host} is ${plain}, which`;
  return new CollectError("permission", `${subject} is ${kind}; Unity does not connect to it.`, {
    hint: `${hint} If it is meant, whoever runs Unity can allow it with UNITY_ALLOW_ADDRESSES=${plain}.`,
  });
}
