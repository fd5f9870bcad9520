import { z } from "zod";

const OPERATORS = ["eq", "ne", "gt", "lt", "exists"] as const;
const SIGNS: Readonly<Record<string, (typeof OPERATORS)[number]>> = {
  "=": "eq",
  "==": "eq",
  "!=": "ne",
  ">": "gt",
  "<": "lt",
};

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const JsonRule = z.object({
  /** RFC 6901: `/data/0/status`; "" is the whole answer. */
  path: z
    .string()
    .max(500)
    .regex(/^(\/.*)?$/s, "Begin it with /, as /data/0/status.")
    .meta({ title: "Path" }),
  op: z.enum(OPERATORS).meta({ title: "Comparison" }),
  value: Scalar.optional().meta({ title: "Value" }),
});
export type JsonRule = z.output<typeof JsonRule>;

/** Reads `/status = ok`, `/queue/size < 100` or `/version exists`. The value is JSON where it can be, else text. */
export function parseJsonRule(text: string): JsonRule | undefined {
  const [, path = "", word = "", rest] = /^(\/\S*)\s+(\S+)(?:\s+(.*))?$/s.exec(text.trim()) ?? [];
  const op = OPERATORS.find((name) => name === word) ?? (Object.hasOwn(SIGNS, word) ? SIGNS[word] : undefined);
  if (!op) return undefined;
  if (op === "exists") return rest === undefined ? { path, op } : undefined;
  return rest === undefined ? undefined : { path, op, value: readValue(rest) };
}

function readValue(text: string): z.output<typeof Scalar> {
  try {
    const parsed = Scalar.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : text;
  } catch {
    // Not JSON: a word without quotes.
    return text;
  }
}

/** What is wrong with the answer by this rule, or undefined when it holds. Whole numbers as text compare as numbers. */
export function judgeJson(answer: unknown, { path, op, value = null }: JsonRule): string | undefined {
  const found = resolvePointer(answer, path);
  const place = path === "" ? "the answer" : path;
  if (found === undefined) return op === "ne" ? undefined : `${place} is not there`;
  switch (op) {
    case "exists":
      return undefined;
    case "eq":
      return isSame(found, value) ? undefined : `${place} is ${show(found)} instead of ${show(value)}`;
    case "ne":
      return isSame(found, value) ? `${place} is ${show(found)}` : undefined;
    case "gt":
      return numberOf(found) > numberOf(value) ? undefined : `${place} is ${show(found)}, not above ${show(value)}`;
    case "lt":
      return numberOf(found) < numberOf(value) ? undefined : `${place} is ${show(found)}, not below ${show(value)}`;
    default:
      return op satisfies never;
  }
}

function resolvePointer(answer: unknown, path: string): unknown {
  let current: unknown = answer;
  for (const token of path.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    if (Array.isArray(current) && !/^(0|[1-9]\d*)$/.test(key)) return undefined;
    // Own properties only, so that a path such as /constructor finds nothing that was not sent.
    current = Object.getOwnPropertyDescriptor(current, key)?.value;
  }
  return current;
}

const isSame = (found: unknown, value: unknown) =>
  found === value || (typeof value === "number" && typeof found === "string" && numberOf(found) === value);

/** NaN where there is no number: then nothing is above or below it. */
function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

/** What a service sent is cut: the message is for a line on a page. */
const show = (value: unknown) => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
};
