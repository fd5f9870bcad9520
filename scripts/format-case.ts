/** A list or object that fits on a line stays on one, so that a case reads as a table. */
const LINE_WIDTH = 120;

/** A case as JSON for people: one reading, one request a line. */
export function formatCase(value: unknown): string {
  return `${format(value, 0)}\n`;
}

function format(value: unknown, depth: number): string {
  const short = compact(value);
  if (typeof value !== "object" || value === null || (depth > 1 && short.length + depth * 2 <= LINE_WIDTH))
    return short;
  const indent = "  ".repeat(depth + 1);
  const parts = Array.isArray(value)
    ? value.map((entry) => format(entry, depth + 1))
    : entriesOf(value).map(([key, entry]) => `${JSON.stringify(key)}: ${format(entry, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${parts.map((part) => indent + part).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}

function compact(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(compact).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const parts = entriesOf(value).map(([key, entry]) => `${JSON.stringify(key)}: ${compact(entry)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

const entriesOf = (value: object) => Object.entries(value).filter(([, entry]) => entry !== undefined);
