import { isLoopback } from "./service";

/** What an instance looks at, so that it is not proposed again: "localhost:6379", "/run/docker.sock". */

/** A config is small; a loop must end. */
const MAX_PARTS = 2_000;
const MAX_DEPTH = 5;
/** Where an address without a port leads. */
const PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  redis: 6_379,
  rediss: 6_379,
  postgres: 5_432,
  postgresql: 5_432,
  mysql: 3_306,
  mongodb: 27_017,
  tls: 443,
};

/** @param isHere knows this machine by name and by every address it has */
export function placesOf(config: unknown, isHere: (host: string) => boolean): Set<string> {
  const places = new Set<string>();
  const parts: { value: unknown; depth: number }[] = [{ value: config, depth: 0 }];
  for (let left = MAX_PARTS, part = parts.pop(); part && left > 0; left -= 1, part = parts.pop()) {
    const { value, depth } = part;
    if (typeof value === "string") addText(places, value, isHere);
    else if (typeof value === "object" && value !== null && depth < MAX_DEPTH) {
      const { host, port } = { host: undefined, port: undefined, ...value };
      if (typeof host === "string" && typeof port === "number") places.add(at(host, port, isHere));
      for (const one of Object.values(value)) parts.push({ value: one, depth: depth + 1 });
    }
  }
  return places;
}

function addText(places: Set<string>, text: string, isHere: (host: string) => boolean): void {
  const place = normalise(text, isHere);
  if (place !== undefined) places.add(place);
}

function normalise(text: string, isHere: (host: string) => boolean): string | undefined {
  const path = /^(?:unix:(?:\/\/)?)?(\/[^\0]*)$/.exec(text.trim())?.[1];
  if (path !== undefined) return pathPlace(path);
  const [, scheme, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/]*@)?([^/?#]*)/i.exec(text.trim()) ?? [];
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d{1,5}))?$/.exec(rest) ?? [];
  const host = bracketed ?? plain;
  const port = digits ? Number(digits) : PORTS[scheme?.toLowerCase() ?? ""];
  return host === undefined || port === undefined ? undefined : at(host, port, isHere);
}

/** A path as it is compared: /var/run has been /run for a decade. */
export const pathPlace = (path: string) => path.replace(/^\/var\/run\//, "/run/").replace(/(?<=.)\/$/, "");

function at(host: string, port: number, isHere: (host: string) => boolean): string {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return servicePlace(isHere(name) ? "127.0.0.1" : name, port);
}

/** "localhost:80" for everything on the loopback address. */
export const servicePlace = (host: string, port: number) => `${isLoopback(host) ? "localhost" : host}:${port}`;
