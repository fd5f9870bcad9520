import { randomBytes, scrypt } from "node:crypto";
import type { BackupHeader } from "../move/piece";
import type { Secret } from "../secrets";
import { type Key, readKey } from "../vault/key";

/** How a passphrase becomes a key: it stands in the archive, so that it can be made again. */
export type Recipe = Omit<BackupHeader["secrets"] & { kind: "passphrase" }, "kind" | "key">;

/** As long as OWASP asks for, with half of the memory and twice the work: 64 MB are there on the smallest machine. */
const COST = { cost: 2 ** 16, blockSize: 8, parallelization: 2 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** What an archive may ask for: it may be somebody else's. */
const MOST_BYTES = 512 * 1_024 * 1_024;
const MOST_PASSES = 16;

export const makeRecipe = (): Recipe => ({ salt: randomBytes(SALT_BYTES).toString("base64url"), ...COST });

/** The same key for the same passphrase, however its letters were typed. @throws Error for a recipe that no Unity writes */
export async function deriveKey(passphrase: Secret, recipe: Recipe): Promise<Key> {
  const { salt, cost: N, blockSize: r, parallelization: p } = recipe;
  const bytes = 128 * N * r;
  const isSane = Number.isInteger(Math.log2(N)) && N > 1 && r > 0 && p > 0 && p <= MOST_PASSES && bytes <= MOST_BYTES;
  if (!isSane) throw new Error("The archive says of its passphrase what no Unity writes: it is damaged.");
  const text = passphrase.reveal().normalize("NFKC");
  const made = await new Promise<Buffer>((resolve, reject) => {
    const options = { N, r, p, maxmem: 2 * bytes + 1_024 * 1_024 };
    scrypt(text, Buffer.from(salt, "base64url"), KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
  return readKey(made.toString("base64"), "the passphrase");
}
