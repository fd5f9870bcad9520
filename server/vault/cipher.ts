import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Key } from "./key";

/** Where a secret stands. It is bound to it: elsewhere it cannot be read. */
export interface Place {
  readonly table: string;
  /** The row's key. */
  readonly row: string;
  /** Of the field in the row's JSON. */
  readonly path: readonly string[];
}

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** `enc:v1:<key id>:<nonce, cipher text and tag as base64url>`. */
const FORM = /^enc:v1:([0-9a-f]{12}):([A-Za-z0-9_-]{38,})$/;

export const isSealed = (value: unknown): value is string => typeof value === "string" && FORM.test(value);

/** The id of the key that it was encrypted under. */
export const keyIdOf = (sealed: string): string => FORM.exec(sealed)?.[1] ?? "";

/** As JSON, so that no two places read the same. */
const boundTo = ({ table, row, path }: Place): Buffer => Buffer.from(JSON.stringify(["unity 1", table, row, ...path]));

/** AES-256-GCM with a nonce of its own. */
export function encrypt({ id, cipher: secret }: Key, text: string, place: Place): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, secret.reveal(), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(place));
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `enc:v1:${id}:${sealed.toString("base64url")}`;
}

/** @returns undefined for what was changed, or was not encrypted for this place under this key */
export function decrypt({ cipher: secret }: Key, sealed: string, place: Place): string | undefined {
  const bytes = Buffer.from(FORM.exec(sealed)?.[2] ?? "", "base64url");
  const end = bytes.length - TAG_BYTES;
  if (end < NONCE_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, secret.reveal(), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundTo(place)).setAuthTag(bytes.subarray(end));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, end)), decipher.final()]).toString("utf8");
  } catch {
    // Node says only that the tag does not fit; there is nothing else to know of it.
    return undefined;
  }
}
