import type { Quantity } from "./parse";

/** So many of each quantity, so that a machine with hundreds of voltages still shows its temperatures. */
export function createCap(maxItems: number) {
  const counts = new Map<Quantity, number>();
  let truncated = false;
  return {
    fits: ({ quantity }: { readonly quantity: Quantity }): boolean => {
      const count = (counts.get(quantity) ?? 0) + 1;
      counts.set(quantity, count);
      if (count > maxItems) truncated = true;
      return count <= maxItems;
    },
    isTruncated: () => truncated,
  };
}
