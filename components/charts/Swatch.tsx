/** Literal classes: Tailwind generates only what it can read. */
const SWATCH = [
  "bg-series-1",
  "bg-series-2",
  "bg-series-3",
  "bg-series-4",
  "bg-series-5",
  "bg-series-6",
  "bg-series-7",
  "bg-series-8",
] as const;

export function Swatch({ colour }: { colour: number }) {
  return <span className={`h-2.5 w-0.75 shrink-0 rounded-full ${SWATCH[colour - 1] ?? SWATCH[0]}`} />;
}
