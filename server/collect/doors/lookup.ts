import dns from "node:dns";
import { isIP } from "node:net";
import { CollectError } from "../../../plugins/sdk/errors";
import { toCollectError } from "./failure";

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** More addresses than this are not tried: a name with hundreds is not a homelab's. */
const MAX_ADDRESSES = 32;

/** What is an address already needs no look-up. */
export function readAddress(host: string): Address | undefined {
  const family = isIP(host);
  return family === 4 || family === 6 ? { address: host, family } : undefined;
}

/** Addresses of a name as the system resolves it, in its order. @throws CollectError `dns` */
export async function lookupAddresses(host: string, family?: 4 | 6): Promise<Address[]> {
  const literal = readAddress(host);
  if (literal) return [literal];
  try {
    const found = await dns.promises.lookup(host, { all: true, family: family ?? 0, verbatim: true });
    const addresses = found.slice(0, MAX_ADDRESSES).map((entry): Address => {
      return { address: entry.address, family: entry.family === 6 ? 6 : 4 };
    });
    if (addresses.length > 0) return addresses;
  } catch (error) {
    throw toCollectError(error, host, "dns");
  }
  throw new CollectError("dns", `${host} has no address.`, { hint: "Check the spelling, or use an IP address." });
}
