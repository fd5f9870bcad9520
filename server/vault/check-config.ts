import type { z } from "zod";
import { UnityError } from "../errors";
import { isReference } from "../secret-reference";
import { isSealed } from "./cipher";
import { listTexts, mapTexts } from "./map-texts";
import type { SecretReader } from "./secret-reader";

type Json = Readonly<Record<string, unknown>>;

interface Checked {
  /** As it will be kept: what came back as `***` is filled in. */
  readonly config: Json;
  readonly entered: Json;
  readonly stored: Json;
}

/**
 * What a schema says of a configuration, but for secrets that nobody knows yet: what a reference stands for, and what cannot be read,
 * is judged when it is used. @throws UnityError `invalid` for what must not be stored at all, naming the field
 */
export function checkConfig(
  schema: z.ZodObject,
  { config, entered, stored }: Checked,
  secrets: Pick<SecretReader, "refuse">,
): readonly z.core.$ZodIssue[] {
  refuseSealed(entered, stored);
  const refused = secrets.refuse(schema, config);
  if (refused) throw new UnityError("invalid", refused.why, { field: ["config", ...refused.path].join(".") });
  const parsed = schema.safeParse(config);
  if (parsed.success) return [];
  const unknown = listTexts(config).filter(({ text }) => isReference(text) || isSealed(text));
  return parsed.error.issues.filter(({ path }) => !unknown.some((one) => isBelow(one.path, path)));
}

/** Of a choice between shapes the problem is told above the field that fits none. */
const isBelow = (path: readonly string[], above: readonly PropertyKey[]) =>
  above.length > 0 && above.every((step, index) => String(step) === path[index]);

/** What reads like an encrypted value would be taken for one when it is loaded. */
function refuseSealed(entered: Json, stored: Json): void {
  mapTexts(entered, stored, (text, path, before) => {
    if (isSealed(text) && text !== before)
      throw new UnityError("invalid", "This is an encrypted value of Unity. Enter what it stands for.", {
        field: ["config", ...path].join("."),
      });
    return text;
  });
}
