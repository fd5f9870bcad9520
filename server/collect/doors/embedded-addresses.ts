/** IPv4 addresses that a router may make of an IPv6 address, as bytes. What stands for one and nothing else is not among them. */
export function embeddedAddresses(bytes: readonly number[]): readonly (readonly number[])[] {
  if (bytes.length !== 16) return [];
  return FORMS.flatMap((form) => (startsWith(bytes, form.prefix) ? form.read(bytes) : [])).concat(readIsatap(bytes));
}

type Read = (bytes: readonly number[]) => (readonly number[])[];
const at =
  (...places: readonly number[]): Read =>
  (bytes) => [places.map((place) => bytes[place] ?? 0)];
const last4 = at(12, 13, 14, 15);

const ZEROS = (count: number) => Array.from({ length: count }, () => 0);

const FORMS: readonly { readonly prefix: readonly number[]; readonly read: Read }[] = [
  // IPv4-compatible (RFC 4291, 2.5.5.1).
  { prefix: ZEROS(12), read: last4 },
  // IPv4-translated (RFC 2765).
  { prefix: [...ZEROS(8), 0xff, 0xff, 0, 0], read: last4 },
  // NAT64 (RFC 6052).
  { prefix: [0, 0x64, 0xff, 0x9b, ...ZEROS(8)], read: last4 },
  // NAT64 of a network of its own (RFC 8215). Its prefix may have 48, 56, 64 or 96 bits; byte 8 is left out (RFC 6052, 2.2).
  {
    prefix: [0, 0x64, 0xff, 0x9b, 0, 1],
    read: (bytes) => [at(6, 7, 9, 10), at(7, 9, 10, 11), at(9, 10, 11, 12), last4].flatMap((read) => read(bytes)),
  },
  // 6to4 (RFC 3056).
  { prefix: [0x20, 0x02], read: at(2, 3, 4, 5) },
  // Teredo (RFC 4380): the server, and the client with all its bits turned.
  {
    prefix: [0x20, 0x01, 0, 0],
    read: (bytes) => [...at(4, 5, 6, 7)(bytes), ...last4(bytes).map((client) => client.map((byte) => byte ^ 0xff))],
  },
];

/** Any prefix, then 0000:5efe or 0200:5efe (RFC 5214, 6.1). */
function readIsatap(bytes: readonly number[]): (readonly number[])[] {
  const isIsatap = (bytes[8] === 0 || bytes[8] === 2) && startsWith(bytes.slice(9), [0, 0x5e, 0xfe]);
  return isIsatap ? last4(bytes) : [];
}

const startsWith = (bytes: readonly number[], prefix: readonly number[]) =>
  prefix.every((byte, index) => bytes[index] === byte);
