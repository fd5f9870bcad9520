/** Shorter secrets would be found inside words and numbers that are none. */
const MIN_LENGTH = 4;

/**
 * Replaces secrets in every text of a plain value by as many `*` as they have bytes, however they were written: as they
 * are, in a URL, in JSON, as base64 (also inside a longer text) or as hexadecimal bytes. So a replay with the masked
 * configuration sends exactly what stands here.
 *
 * @throws Error when a secret is too short to be told from ordinary text
 */
export function maskTexts<T>(value: T, secrets: readonly string[]): T {
  const known = [...new Set(secrets)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  const short = known.find((secret) => secret.length < MIN_LENGTH);
  if (short !== undefined)
    throw new Error(
      `A secret of ${short.length} characters cannot be masked. Record with one of ${MIN_LENGTH} or more.`,
    );
  if (known.length === 0) return value;
  return walk(value, (text) => maskText(text, known)) as T; // Only texts change, into texts.
}

const maskOf = (secret: string): string => "*".repeat(Buffer.byteLength(secret));

function walk(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((entry) => walk(entry, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [change(key), walk(entry, change)]));
}

function maskText(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of secrets) {
    for (const written of waysToWrite(secret)) masked = masked.replaceAll(written, maskOf(secret));
    if (masked.startsWith("hex:")) masked = masked.replaceAll(hexOf(secret), hexOf(maskOf(secret)));
  }
  return masked.replace(/[A-Za-z0-9+/_-]{4,}={0,2}/g, (word) => maskBase64(word, secrets));
}

function waysToWrite(secret: string): string[] {
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  return [
    ...new Set([secret, encodeURIComponent(secret), encodeURI(secret), form, JSON.stringify(secret).slice(1, -1)]),
  ];
}

/** A password in a longer base64 text: `Basic` pairs, SASL PLAIN. */
function maskBase64(word: string, secrets: readonly string[]): string {
  const kind = /[-_]/.test(word) ? "base64url" : "base64";
  const decoded = Buffer.from(word, kind);
  let bytes = decoded.toString("latin1");
  for (const secret of secrets) bytes = bytes.replaceAll(Buffer.from(secret).toString("latin1"), maskOf(secret));
  const masked = Buffer.from(bytes, "latin1");
  return masked.equals(decoded) ? word : masked.toString(kind);
}

const hexOf = (text: string) => Buffer.from(text).toString("hex");
