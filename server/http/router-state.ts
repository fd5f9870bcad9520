/** Next refuses longer ones. */
const MOST_CHARACTERS = 40_000;

/**
 * Whether the header by which a page says what it shows already is one that Next can read, or is not there. What Next cannot read is an
 * error inside of it, and would be answered as one.
 */
export function isRouterState(header: string | string[] | undefined): boolean {
  if (header === undefined) return true;
  if (typeof header !== "string" || header.length > MOST_CHARACTERS) return false;
  try {
    return isState(JSON.parse(decodeURIComponent(header)));
  } catch {
    return false;
  }
}

/** `[segment, { slot: state, ... }, ...]` */
function isState(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [segment, slots]: unknown[] = value;
  const isSegment = typeof segment === "string" || (Array.isArray(segment) && segment.length >= 3);
  if (!isSegment || typeof slots !== "object" || slots === null || Array.isArray(slots)) return false;
  return Object.values(slots).every(isState);
}
