/** A TCP socket of this machine that listens, as /proc/net/tcp and tcp6 have it. */
export interface Listener {
  /** "0.0.0.0", "127.0.0.1", "::", "fd00::5". */
  readonly address: string;
  readonly port: number;
  /** Names it among the open files of its process. */
  readonly inode: number;
}

/** In these files, states are hexadecimal numbers. */
const LISTENS = "0A";
/** More is no home server, and would take long to look through. */
const MAX_LISTENERS = 1_000;

/** Reads the sockets that listen out of /proc/net/tcp or /proc/net/tcp6 (proc(5)). What cannot be read is passed over. */
export function parseListeners(text: string): Listener[] {
  const found: Listener[] = [];
  for (const line of text.split("\n").slice(1)) {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
    const [hex = "", port = ""] = local.split(":");
    const address = state === LISTENS ? readAddress(hex) : undefined;
    if (address === undefined || !/^\d+$/.test(inode ?? "")) continue;
    found.push({ address, port: Number.parseInt(port, 16), inode: Number(inode) });
    if (found.length >= MAX_LISTENERS) break;
  }
  return found;
}

/** Words of 32 bits, each in the order of the machine's bytes, which is little-endian wherever Node runs. */
function readAddress(hex: string): string | undefined {
  if (!/^([0-9A-F]{8}|[0-9A-F]{32})$/.test(hex)) return undefined;
  const bytes = hex.match(/.{8}/g)?.flatMap((word) => bytesOf(word).reverse()) ?? [];
  if (bytes.length === 4) return bytes.join(".");
  // ::ffff:1.2.3.4 is an IPv4 address.
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255)
    return bytes.slice(12).join(".");
  return shorten(bytes);
}

const bytesOf = (word: string): number[] => (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));

/** An IPv6 address as people write it (RFC 5952): the URL parser knows how. */
function shorten(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}
