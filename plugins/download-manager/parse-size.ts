const POWERS = ["", "K", "M", "G", "T", "P"];

/** "9.5 G" in bytes, as SABnzbd writes sizes: powers of 1,024. Undefined for what is no size. */
export function parseSize(text: string): number | undefined {
  const [, digits, letter = ""] = /^(\d+(?:\.\d+)?)\s*([KMGTP]?)(?:i?B)?$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * 1_024 ** POWERS.indexOf(letter.toUpperCase());
}
