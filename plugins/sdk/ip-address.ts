/** Bytes of an address, 4 or 16; undefined when it is none. An IPv4 address within IPv6 (::ffff:1.2.3.4) is the IPv4 one. */
export function parseAddress(text: string): readonly number[] | undefined {
  const plain = text.replace(/%[\w.-]{1,20}$/, "");
  return parse4(plain) ?? parse6(plain);
}

/** The one way to write an address, so that the same address is one label; undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  const bytes = parseAddress(text);
  if (bytes?.length === 4) return bytes.join(".");
  // The URL standard shortens IPv6 addresses as RFC 5952 says.
  return bytes && new URL(`http://[${text.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
}

export interface Network {
  readonly bytes: readonly number[];
  readonly bits: number;
}

/** Reads 10.0.0.0/8, fd00::/8 or a single address; undefined when it is none. */
export function parseNetwork(text: string): Network | undefined {
  const [address = "", bits, ...more] = text.trim().split("/");
  const bytes = parseAddress(address);
  if (!bytes || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const most = bytes.length * 8;
  const length = bits === undefined ? most : Number(bits);
  return length <= most ? { bytes, bits: length } : undefined;
}

export function isWithin(address: string, networks: readonly Network[]): boolean {
  const bytes = parseAddress(address);
  return bytes !== undefined && networks.some((network) => hasPrefix(bytes, network));
}

export function hasPrefix(bytes: readonly number[], network: Network): boolean {
  if (bytes.length !== network.bytes.length) return false;
  return bytes.every((byte, index) => {
    const bits = Math.max(0, Math.min(8, network.bits - index * 8));
    const shift = 8 - bits;
    return byte >> shift === (network.bytes[index] ?? 0) >> shift;
  });
}

function parse4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** RFC 4291: eight groups, one run of zeros may be `::`, the last two may be an IPv4 address. */
function parse6(text: string): readonly number[] | undefined {
  const [, head = text, tail] = /^(.*:)([\d.]+\.[\d.]+)$/.exec(text) ?? [];
  const last = tail === undefined ? [] : parse4(tail);
  if (!last || !/^[0-9a-f:]{2,39}$/i.test(head)) return undefined;
  const wanted = tail === undefined ? 8 : 6;
  const [left, right, ...more] = (tail === undefined || head.endsWith("::") ? head : head.slice(0, -1)).split("::");
  const groupsOf = (part: string | undefined) => (part ? part.split(":") : []);
  const [before, after] = [groupsOf(left), groupsOf(right)];
  const missing = wanted - before.length - after.length;
  if (more.length > 0 || (right === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const bytes = groups.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  const all = [...bytes, ...last];
  return all.slice(0, 12).join(".") === "0.0.0.0.0.0.0.0.0.0.255.255" ? all.slice(12) : all;
}
