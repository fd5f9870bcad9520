import { hasPrefix, type Network, parseAddress, parseNetwork } from "../../../plugins/sdk/ip-address";
import { embeddedAddresses } from "./embedded-addresses";

export interface Refusal {
  /** What the address is, after "it is". */
  readonly kind: string;
  readonly hint: string;
}

const networks = (...texts: readonly string[]) => texts.flatMap((text) => parseNetwork(text) ?? []);

/** Where machines of a cloud are handed its credentials, or told what to run: whoever may add an instance must not read that. */
const METADATA = networks(
  "169.254.0.0/16", // link-local; AWS and its containers, GCP, Azure, OpenStack and most others
  "fe80::/10", // link-local; OpenStack
  "fd00:ec2::254", // AWS
  "fd00:ec2::23", // AWS, for pods
  "fd20:ce::254", // GCP
  "168.63.129.16", // Azure
  "100.100.100.200", // Alibaba
  "192.0.0.192", // Oracle
  "fd00:c1::a9fe:a9fe", // Oracle
  "fd00:42::42", // Scaleway
  "fd00:a9fe:a9fe::1", // Linode
);
const NOWHERE = networks("0.0.0.0/8", "::");
const MANY = networks("224.0.0.0/4", "255.255.255.255", "ff00::/8");

const ORDINARY = "Use the service's ordinary address.";
const LINK_LOCAL: Refusal = { kind: "a link-local or metadata address", hint: ORDINARY };
const KINDS: readonly (readonly [readonly Network[], Refusal])[] = [
  [METADATA, LINK_LOCAL],
  // Linux takes it for this machine, others do not.
  [NOWHERE, { kind: "an address that stands for no machine", hint: "For this machine, write 127.0.0.1." }],
  [MANY, { kind: "an address of many machines (multicast or broadcast)", hint: "Use the address of one of them." }],
];
const UNKNOWN: Refusal = { kind: "an address in a form that is not known", hint: ORDINARY };

const LOOPBACK = networks("::1");

/** Why an address is not connected to; undefined when it may be. `address` is an IP address, with or without a zone. */
export function whyRefused(address: string, allowed: readonly Network[]): Refusal | undefined {
  const bytes = parseAddress(address);
  if (!bytes) return UNKNOWN;
  if (isOf(bytes, allowed) || isOf(bytes, LOOPBACK)) return undefined;
  const found = KINDS.find(([kind]) => isOf(bytes, kind));
  if (found) return found[1];
  // Of what may be meant by something else as well, only what would do harm.
  const hidden = embeddedAddresses(bytes).some((inner) => isOf(inner, METADATA) && !isOf(inner, allowed));
  return hidden ? LINK_LOCAL : undefined;
}

const isOf = (bytes: readonly number[], all: readonly Network[]) => all.some((network) => hasPrefix(bytes, network));
