const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL = ["k", "M", "G", "T", "P", "E"];
const SMALL = ["m", "u", "n"];

/**
 * A quantity (Kubernetes API, resource.Quantity): "4", "250m", "137402904n", "16315812Ki", "1.5Gi", "12e6", "2E" is 2 exa.
 * @returns undefined for anything else
 */
export function parseQuantity(text: string | number | null | undefined): number | undefined {
  if (typeof text === "number") return Number.isFinite(text) ? text : undefined;
  const match = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:([eE][+-]?\d+)|(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]))?$/.exec(text ?? "");
  if (!match) return undefined;
  const [, digits = "", exponent = "", suffix = ""] = match;
  const value = Number(`${digits}${exponent}`);
  if (suffix === "") return value;
  if (BINARY.includes(suffix)) return value * 1_024 ** (BINARY.indexOf(suffix) + 1);
  if (DECIMAL.includes(suffix)) return value * 1_000 ** (DECIMAL.indexOf(suffix) + 1);
  return value / 1_000 ** (SMALL.indexOf(suffix) + 1);
}
