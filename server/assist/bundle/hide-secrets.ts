import { createRedactor } from "../../redact";
import { mapTexts } from "../../vault/map-texts";
import type { Parts } from "../list-series";
import type { Line } from "./line";

/** `user:password@` in an address, what follows a word that announces a secret, and tokens that say by their form what they are. */
const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]+@/gi, "$1***@"],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, "$1 ***"],
  [
    /\b(api[_-]?key|apikey|token|password|passwd|pwd|secret|authorization)(["']?\s*[=:]\s*["']?)[^\s"'&,;]{3,}/gi,
    "$1$2***",
  ],
  [/\b(ghp_|gho_|glpat-|xox[bp]-|sk-|eyJ[A-Za-z0-9_-]{10,}\.)[A-Za-z0-9._-]{10,}/g, "$1***"],
];

const hideCredentials = (text: string): string =>
  CREDENTIALS.reduce((masked, [pattern, by]) => masked.replace(pattern, by), text);

/** What plugins and people said has no secret of its instance in it, however it is written there, and nothing that looks like one. */
export function createHider({ registry, instances }: Pick<Parts, "registry" | "instances">): (line: Line) => Line {
  const redactors = new Map<string, <T>(words: T) => T>();
  const redactorOf = (id: string) => {
    const known = redactors.get(id);
    if (known) return known;
    const instance = instances.get(id);
    const plugin = instance && registry.get(instance.plugin);
    const made = plugin ? createRedactor(plugin.config, instance.config) : <T>(words: T): T => words;
    redactors.set(id, made);
    return made;
  };
  return (line) => {
    const redact = line.instanceId === null ? undefined : redactorOf(line.instanceId);
    const change = (text: string) => hideCredentials(redact ? redact(text) : text);
    return { ...line, fields: mapTexts(line.fields, undefined, (text) => (isPlain(text) ? text : change(text))) };
  };
}

/** Instants, names of metrics and single words of Unity's own: most texts of a line. */
const isPlain = (text: string) => /^\d{4}-\d\d-\d\dT[\d:]{8}Z$/.test(text);
