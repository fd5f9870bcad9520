import type { z } from "zod";

/** What there is in the definition of a schema, by its kind. */
interface Definition {
  readonly type: string;
  readonly shape: Readonly<Record<string, z.core.$ZodType>>;
  readonly element: z.core.$ZodType;
  readonly valueType: z.core.$ZodType;
  readonly options: readonly z.core.$ZodType[];
  readonly entries: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
  readonly innerType: z.core.$ZodType;
  readonly in: z.core.$ZodType;
}

const TEXTS = [
  "",
  " ",
  "\0",
  "\ud800",
  "../../../../etc/passwd",
  "__proto__",
  "constructor",
  "<img src=x onerror=alert(1)>",
  "\u202egnp.exe",
  "😀".repeat(2_500),
  "a".repeat(100_000),
  `$${"{UNITY_SECRET_X}"}`,
  "file:/etc/shadow",
  "http://169.254.169.254/latest/meta-data/",
  "http://[::ffff:169.254.169.254]:99999/",
  "javascript:alert(1)",
  "'; DROP TABLE plugins; --",
  "{{constructor.constructor('return process')()}}",
  "%00%ff%",
  "0 25 * * *",
  "* * * * *",
  "Europe/Berlin",
  "-1",
  "1e999",
  "01a21963-65eb-706e-8a67-2f09b7cc16ed",
];
const NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.5,
  1.5,
  60,
  3_600,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  1e15,
  1e308,
  -1e308,
  8.64e15,
  8.64e15 + 1,
];

/** Values that no honest client sends, the same for the same random numbers. */
export function createHostileValues(random: () => number) {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T; // No list here is empty.
  const text = () => pick(TEXTS);

  /** Any JSON. */
  function junk(depth = 0): unknown {
    const roll = random();
    if (roll < 0.3) return text();
    if (roll < 0.55) return pick(NUMBERS);
    if (roll < 0.7) return pick([null, true, false]);
    if (depth > 4) return [];
    const size = Math.floor(random() * 4);
    if (roll < 0.85) return Array.from({ length: size }, () => junk(depth + 1));
    return Object.fromEntries(Array.from({ length: size }, () => [text(), junk(depth + 1)]));
  }

  /** What a schema asks for in form, and here and there not: so that it gets further in than noise does. */
  function nearly(schema: z.core.$ZodType, depth = 0): unknown {
    if (random() < 0.06 || depth > 8) return junk(depth);
    const def = schema._zod.def as unknown as Definition;
    switch (def.type) {
      case "object":
        return Object.fromEntries(
          Object.entries(def.shape).flatMap(([name, field]) => {
            const value = nearly(field, depth + 1);
            return value === undefined ? [] : [[name, value]];
          }),
        );
      case "array":
        return Array.from({ length: pick([0, 1, 2, 30]) }, () => nearly(def.element, depth + 1));
      case "record":
        return { [text()]: nearly(def.valueType, depth + 1) };
      case "union":
        return nearly(pick(def.options), depth + 1);
      case "enum":
        return pick(Object.values(def.entries));
      case "literal":
        return pick(def.values);
      case "optional":
      case "default":
      case "prefault":
      case "nullable":
        return random() < 0.4 ? undefined : nearly(def.innerType, depth);
      case "pipe":
        return nearly(def.in, depth);
      case "boolean":
        return random() < 0.5;
      case "number":
        return pick(NUMBERS);
      case "string":
        return text();
      default:
        return junk(depth);
    }
  }
  return { pick, text, junk, nearly };
}
