import { printable } from "../sdk";
import type { Config } from "./config";

/** Shorter secrets would be found inside ordinary words. */
const MIN_LENGTH = 4;
const MAX_LENGTH = 300;

/** What a program said, as one line for people: without secrets of the settings and users in addresses. */
export function scrub(text: string, { password, uiPassword, env, headers }: Config): string {
  const secrets = [password, uiPassword, ...Object.values(env), ...Object.values(headers)];
  let clean = text.replace(/:\/\/[^/\s@]*@/g, "://");
  for (const secret of secrets) if (secret && secret.length >= MIN_LENGTH) clean = clean.replaceAll(secret, "***");
  return printable(
    clean
      .trim()
      .replace(/\s*\n\s*/g, " ")
      .slice(0, MAX_LENGTH),
  );
}
