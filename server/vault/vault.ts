import type { z } from "zod";
import { maskFields } from "../secret-fields";
import { decrypt, encrypt, isSealed, keyIdOf, type Place } from "./cipher";
import type { Key } from "./key";
import { mapTexts } from "./map-texts";

type Row = Pick<Place, "table" | "row">;

/**
 * Encrypts the secrets of rows before they are stored, and reads them when they are loaded. What cannot be read stays as it is stored:
 * it is never lost by saving, and whoever needs the secret finds that it is none (`findUnreadable`).
 */
export interface Vault {
  /** Of the key that is encrypted under. */
  readonly keyId: string;
  /**
   * With every secret of it encrypted. References and what is encrypted already stay as they are.
   * @param schema marks the secrets; without it nobody knows which they are, and every text is encrypted
   */
  seal<T>(row: Row, schema: z.core.$ZodType | undefined, value: T): T;
  /** With every secret readable that can be read. */
  open<T>(row: Row, value: T): T;
  /** Encrypted anew where it was under another key. What cannot be read stays. */
  reseal<T>(row: Row, value: T): T;
  /** Why that cannot be read, and what to do. */
  explain(sealed: string): { readonly message: string; readonly hint: string };
}

/** @param keys that can be read with @param writing the id of the one of them that is written with */
export function createVault(keys: readonly Key[], writing: string): Vault {
  const byId = new Map(keys.map((key) => [key.id, key]));
  const own = byId.get(writing);
  if (!own) throw new Error(`There is no key ${writing}.`);

  function read(text: string, place: Place): string | undefined {
    const key = isSealed(text) ? byId.get(keyIdOf(text)) : undefined;
    return key && decrypt(key, text, place);
  }

  return {
    keyId: writing,
    seal(row, schema, value) {
      // What others may see is no secret: one rule for both.
      const masked = schema ? maskFields(schema, value) : undefined;
      return mapTexts(value, masked, (text, path, shown) =>
        text === shown || text === "" || isSealed(text) ? text : encrypt(own, text, { ...row, path }),
      );
    },
    open: (row, value) => mapTexts(value, undefined, (text, path) => read(text, { ...row, path }) ?? text),
    reseal: (row, value) =>
      mapTexts(value, undefined, (text, path) => {
        if (!isSealed(text) || keyIdOf(text) === writing) return text;
        const plain = read(text, { ...row, path });
        return plain === undefined ? text : encrypt(own, plain, { ...row, path });
      }),
    explain(sealed) {
      const id = keyIdOf(sealed);
      return byId.has(id)
        ? { message: "it was changed or moved outside of Unity", hint: "Enter it anew." }
        : {
            message: `it is encrypted under the key ${id}, and this Unity has ${keys.map((key) => key.id).join(" and ")}`,
            hint: "Give Unity that key as well (UNITY_SECRET_KEY_OLD) and start it anew, or enter the secret anew.",
          };
    },
  };
}
