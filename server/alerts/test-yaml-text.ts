import fc from "fast-check";

/** Text as people, containers and YAML's own grammar write it. */
export const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }),
  fc.string({ minLength: 1, maxLength: 40, unit: "binary" }),
  fc.constantFrom(
    "yes",
    "null",
    "~",
    "1e3",
    "0x10",
    "- a",
    "a: b",
    "# no",
    "*all",
    "&a",
    "!!js",
    "|",
    ">",
    "{{value}} %",
    "'",
    '"',
    "\\",
    "---",
    "a\n  b\n",
    " \t",
  ),
);
export const filled = text.filter((one) => one.trim() !== "");
export const matcher = fc.record({ label: filled, op: fc.constantFrom("is", "is_not", "like", "unlike"), value: text });
