import { toLabel } from "../sdk";

/** A sample is for a glance. */
const MAX_LENGTH = 200;

/** What looks like a secret: a value after such a word, a header's token, a user in an address, a long run of letters. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic|digest|negotiate) [\w.~+/=-]{6,}/gi, "$1 ***"],
  [
    /([\w-]{0,40}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|authorization|cookie|credential)s?["']?\s?[:=]\s?)("[^"]*"?|'[^']*'?|[^\s,;&]+)/gi,
    "$1***",
  ],
  [/(\w:\/\/)[^\s/@]{1,200}@/g, "$1***@"],
  [/\beyJ[\w-]{10,}(\.[\w-]+)*/g, "***"],
  [/[A-Za-z0-9+/_-]{40,}={0,2}/g, "***"],
];

/** A line as it may be shown and kept: short, printable, without what looks like a secret. */
export function redact(line: string): string {
  // Cut first, so that no pattern has much to look at; a little more, so that a secret at the edge is still one.
  const text = SECRETS.reduce((rest, [pattern, by]) => rest.replace(pattern, by), line.slice(0, MAX_LENGTH * 2));
  return toLabel(text);
}
