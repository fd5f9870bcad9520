import { parseAddress, type Target } from "./address";
import { type Config, type Entry, readShorthand } from "./config";

export interface Endpoint {
  readonly label: string;
  readonly target: Target;
  readonly settings: Entry;
}

/** The address itself, then the further ones. */
export function listEndpoints(config: Config): Endpoint[] {
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
