import { printable } from "../../plugins/sdk/printable";
import type { Secret } from "../secrets";
import { type Key, sign } from "../vault/key";
import { type KeyPlaces, readAllKeys } from "../vault/read-keys";
import { deriveKey } from "./archive-key";
import type { OpenBackupFile } from "./check-backup";

/** What reads the secrets of a backup. */
export type Unlocked =
  /** There are none, or they are not wanted. */
  | { readonly kind: "none" }
  /** They are in it as they were entered. */
  | { readonly kind: "plain" }
  | { readonly kind: "key"; readonly key: Key };

interface Unlocking {
  /** As it was given, for people. */
  readonly name: string;
  readonly keys: KeyPlaces;
  readonly withoutSecrets: boolean;
  passphrase(): Promise<Secret>;
}

/**
 * Finds the key of a backup's secrets, and whether it was made by somebody who has it: who could change it without, could have each
 * password sent to a place of his own.
 * @throws Error that says which key is wanted, or that it was changed, and what to do
 */
export async function unlockBackup(
  { header, seal }: Pick<OpenBackupFile, "header" | "seal">,
  { name, keys: places, withoutSecrets, passphrase }: Unlocking,
): Promise<Unlocked> {
  const { secrets } = header.backup;
  if (withoutSecrets || secrets.kind === "none") return { kind: "none" };
  if (secrets.kind === "kept" && secrets.key === null) return { kind: "plain" };
  const key =
    secrets.kind === "passphrase"
      ? await keyOfPassphrase(await passphrase(), { name, secrets })
      : await findKey(secrets.key ?? "", { name, places });
  if (!seal?.signature || seal.signature !== sign(key, seal.sha256))
    throw new Error(
      `${name} was changed after it was made, or was not made by who has the key of its secrets. Use another backup, or leave its secrets out: --without-secrets.`,
    );
  return { kind: "key", key };
}

async function keyOfPassphrase(
  passphrase: Secret,
  { name, secrets }: { name: string; secrets: OpenBackupFile["header"]["backup"]["secrets"] & { kind: "passphrase" } },
): Promise<Key> {
  const key = await deriveKey(passphrase, secrets);
  if (key.id === secrets.key) return key;
  throw new Error(`The passphrase is not that of ${name}. Try another, or leave its secrets out: --without-secrets.`);
}

async function findKey(id: string, { name, places }: { name: string; places: KeyPlaces }): Promise<Key> {
  const { keys, ownFile, shown } = await readAllKeys(places);
  const key = keys.find((one) => one.id === id);
  if (key) return key;
  throw new Error(
    `The secrets in ${name} are encrypted under the key ${printable(id)} of the Unity that made it, which is not here (${shown}). Copy the file secret.key of that one to ${ownFile ?? places.ownFile}, or give its key as UNITY_SECRET_KEY_OLD, or leave its secrets out: --without-secrets.`,
  );
}
