import { z } from "zod";
import { UnityError } from "./errors";
import { maskSecrets } from "./secret-fields";

type Json = Readonly<Record<string, unknown>>;

/** Settings that say where secrets are sent: `url`, `metricsUrl`, `host`, `server`, ... */
const PLACE = /(^|[a-z])(url|uri|host|server|address|endpoint|repository)$/i;

/**
 * A password that nobody can see must not go to a server that somebody just named: it is entered anew for it.
 *
 * @param entered with `***` where a secret shall stay @param config with what is stored there @param before what is stored; empty
 *   for what is new
 * @throws UnityError `invalid` at the first secret that would go elsewhere
 */
export function refuseMovedSecrets(
  schema: z.core.$ZodType,
  { entered, config, before }: Record<"entered" | "config" | "before", Json>,
): void {
  if (Object.keys(before).length === 0) return;
  // What lacks something is not valid, and is looked at as it is.
  const [was, is] = [parse(schema, before) ?? before, parse(schema, config) ?? config];
  const shown = maskSecrets(schema, is);
  const places = Object.keys({ ...was, ...is }).filter((name) => PLACE.test(name) && shown[name] === is[name]);
  if (places.every((name) => placeOf(was[name]) === placeOf(is[name]))) return;
  const kept = Object.keys(entered).find((name) => JSON.stringify(entered[name]) !== JSON.stringify(config[name]));
  if (kept === undefined) return;
  const message = "The server is another one: enter this anew, what is stored is not sent there.";
  throw new UnityError("invalid", message, { field: `config.${kept}` });
}

/** With what is not set as it is by default; undefined for what is not valid. */
function parse(schema: z.core.$ZodType, config: Json): Json | undefined {
  const parsed = z.safeParse(schema, config);
  return parsed.success ? (parsed.data as Json) : undefined; // Every configuration is an object.
}

/** Of an address with a path, the server. */
function placeOf(value: unknown): unknown {
  if (typeof value !== "string" || !URL.canParse(value)) return value;
  const { protocol, host } = new URL(value);
  return host === "" ? value : `${protocol}//${host}`;
}
