import type { FoundService, Proposal } from "../data/outputs";

/** Where the form is, filled in with what was found. The settings themselves are no part of an address. */
export const formAddress = ({ plugin, key }: Pick<FoundService, "plugin" | "key">): string =>
  `/catalogue/${plugin}?${new URLSearchParams({ found: key })}`;

/** "redis-server listens on 127.0.0.1:6379." */
export const whyText = ({ why }: Pick<Proposal, "why">): string => `${why.join("; ")}.`;

/** So many are named in one line. */
const NAMED = 3;

/** "Redis, PostgreSQL, Docker and 2 more". Each plugin once, the surest first. */
export function listServices(services: readonly Pick<FoundService, "pluginName">[]): string {
  const names = [...new Set(services.map(({ pluginName }) => pluginName))];
  const shown = names.slice(0, NAMED);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  const last = shown.pop();
  return shown.length === 0 ? (last ?? "") : `${shown.join(", ")} and ${last}`;
}
