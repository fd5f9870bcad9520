import type { AnyUnit } from "@/components/format";
import { sparkPaths, sparkScale } from "./spark-path";
import { TONE_TEXT, type Tone } from "./tones";

interface Props {
  /** Oldest first; null is a gap. */
  readonly values: readonly (number | null)[];
  readonly unit: AnyUnit;
  /** Colours the line from a warning on. */
  readonly tone?: Tone;
  /** Pixels; the width is that of the place it stands in. Default 24. */
  readonly height?: number;
  /** What it shows, for those who cannot see it: "CPU in the last hour". */
  readonly label?: string;
  readonly className?: string;
}

/** Two per cent must not look like a mountain only because it moves. */
const FLOOR: Readonly<Record<string, number>> = {
  ratio: 0.2,
  celsius: 50,
  bytes_per_second: 10_240,
  bits_per_second: 100_000,
};
const WIDTH = 120;

export function Sparkline({ values, unit, tone = "ok", height = 24, label, className = "" }: Props) {
  const inner = height - 3;
  const paths = sparkPaths(values, { width: WIDTH, height: inner, ...sparkScale(values, FLOOR[unit] ?? 0) });
  const colour = tone === "ok" ? "text-accent" : TONE_TEXT[tone];
  const drawing = (
    <svg
      viewBox={`0 -1.5 ${WIDTH} ${height}`}
      height={height}
      preserveAspectRatio="none"
      className={`block w-full min-w-0 overflow-visible ${colour} ${className}`}
      aria-hidden="true"
    >
      <path d={paths.area} fill="currentColor" fillOpacity={0.1} />
      <path
        d={paths.line}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.25}
        strokeLinecap="round"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
  if (!label) return drawing;
  return (
    <div role="img" aria-label={label} className="min-w-0">
      {drawing}
    </div>
  );
}
