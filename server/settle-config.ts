import { z } from "zod";
import { UnityError } from "./errors";
import { refuseMovedSecrets } from "./moved-secrets";
import { keepSecrets } from "./secret-fields";
import { checkConfig } from "./vault/check-config";
import type { SecretReader } from "./vault/secret-reader";

type Json = Readonly<Record<string, unknown>>;

export interface SettledConfig {
  readonly config: Record<string, unknown>;
  /** Secrets that are `***` and that nobody knows, by what forms call them. */
  readonly lacking: string[];
}

/**
 * What a file says of the settings of something, with the stored secrets that it keeps. Secrets that nobody knows are left out, and are no
 * error: somebody types them in. @throws UnityError `invalid` naming the field of anything else that is wrong
 */
export function settleConfig(
  schema: z.ZodObject,
  { entered, stored, of }: { readonly entered: Json; readonly stored: Json; readonly of: string },
  secrets: Pick<SecretReader, "refuse">,
): SettledConfig {
  const strange = Object.keys(entered).find((name) => !Object.hasOwn(schema.shape, name));
  if (strange !== undefined)
    throw new UnityError("invalid", `This is no setting of ${of}.`, { field: `config.${strange}` });
  const kept = keepSecrets(schema, entered, stored);
  refuseMovedSecrets(schema, { entered, config: kept, before: stored });
  const lost = findLost(entered, kept);
  const config = JSON.parse(JSON.stringify(kept)) as Record<string, unknown>; // Without what is undefined.
  const issues = checkConfig(schema, { config, entered, stored }, secrets);
  const isLost = (path: readonly PropertyKey[]) =>
    path.length > 0 && lost.some((one) => path.every((step, index) => String(step) === one[index]));
  const wrong = issues.find(({ path }) => !isLost(path));
  if (wrong) throw new UnityError("invalid", wrong.message, { field: ["config", ...wrong.path].join(".") });
  const titleOf = ([name = "", ...rest]: readonly string[]) =>
    [z.globalRegistry.get(schema.shape[name] as z.core.$ZodType)?.title ?? name, ...rest].join(" ");
  return { config, lacking: lost.map(titleOf) };
}

/** Where something was entered and nothing is left of it. */
function findLost(entered: unknown, kept: unknown): string[][] {
  if (kept === undefined) return entered === undefined ? [] : [[]];
  if (entered === null || typeof entered !== "object" || kept === null || typeof kept !== "object") return [];
  return Object.entries(entered).flatMap(([name, value]) =>
    findLost(value, (kept as Json)[name]).map((path) => [name, ...path]),
  );
}
