import { BlockList, isIP } from "node:net";
import { CollectError } from "../../../plugins/sdk/errors";

/** Refuses an address by throwing. @param address an IP address, never a name */
export type AddressGuard = (address: string) => void;

const refused = new BlockList();
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
// A cloud machine's own metadata service, which hands out credentials.
refused.addAddress("fd00:ec2::254", "ipv6");
// The same IPv4 range behind NAT64 and 6to4.
refused.addSubnet("64:ff9b::169.254.0.0", 112, "ipv6");
refused.addSubnet("2002:a9fe::", 32, "ipv6");

/** Refuses link-local and metadata addresses: whoever may add an instance must not read the host's cloud credentials. */
export const refuseLinkLocal: AddressGuard = (address) => {
  const plain = address.replace(/%.*$/, "");
  const family = isIP(plain);
  // BlockList itself sees an IPv4 address written as IPv6 (::ffff:169.254.169.254), and takes its time.
  if (family === 4 ? !plain.startsWith("169.254.") : family === 6 && !refused.check(plain, "ipv6")) return;
  throw new CollectError("permission", `${plain} is a link-local or metadata address; Unity does not connect to it.`, {
    hint: "Use the service's ordinary address.",
  });
};
