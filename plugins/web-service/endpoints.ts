import { parseAddress, type Target } from "./address";
import { type Config, type Entry, readShorthand } from "./config";

export interface Endpoint {
  readonly label: string;
  readonly target: Target;
  readonly settings: Entry;
}

const listed = new WeakMap<Config, readonly Endpoint[]>();

/** The address itself, then the further ones. Every run of an instance has the same config. */
export function listEndpoints(config: Config): readonly Endpoint[] {
  const known = listed.get(config) ?? readEndpoints(config);
  listed.set(config, known);
  return known;
}

function readEndpoints(config: Config): Endpoint[] {
  const entries = [
    config,
    ...config.endpoints.map((entry) => (typeof entry === "string" ? readShorthand(entry) : entry)),
  ];
  return entries.flatMap((settings) => {
    const parsed = parseAddress(settings.address, settings.kind);
    // The schema has refused addresses that cannot be read.
    return parsed.ok ? [{ label: settings.label ?? parsed.target.shown, target: parsed.target, settings }] : [];
  });
}
