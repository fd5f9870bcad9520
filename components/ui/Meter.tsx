import { type AnyUnit, formatText } from "@/components/format";
import { TONE_FILL, TONE_TEXT, type Tone } from "./tones";
import { Value } from "./Value";

interface Props {
  /** What is measured; shown in "card", said in "row". */
  readonly title: string;
  readonly value: number | null;
  readonly unit: AnyUnit;
  /** 0 to 1; null where there is no end to run to: the number stands alone. */
  readonly fill: number | null;
  readonly tone: Tone;
  readonly stale?: boolean;
  /** "row": number over a thin bar, for tables. "card": title, 28 px number, bar. Default "row". */
  readonly layout?: "row" | "card";
  /** A word under the number: "of 32 GiB", "since 14:03". */
  readonly detail?: React.ReactNode;
}

/** A bar with its number. The bar is coloured by state only from a warning on, so that what is wrong stands out. */
export function Meter({ title, value, unit, fill, tone, stale = false, layout = "row", detail }: Props) {
  const shown = stale ? "unknown" : tone;
  const loud = shown === "warn" || shown === "bad";
  const number = (
    <Value value={value} unit={unit} stale={stale || value === null} className={loud ? TONE_TEXT[shown] : ""} />
  );
  const bar = fill === null ? null : <Bar title={title} text={formatText(value, unit)} fill={fill} tone={shown} />;
  if (layout === "row") {
    return (
      <div className="flex min-w-14 flex-col gap-1">
        <span className="text-sm leading-4 font-medium">{number}</span>
        {bar ?? <span className="h-1" />}
      </div>
    );
  }
  return (
    <div className="flex min-w-0 flex-col">
      <span className="truncate text-xs text-muted">{title}</span>
      <span className="mt-1 truncate text-2xl font-semibold tracking-tight">{number}</span>
      <span className="mt-2.5">{bar ?? <span className="block h-1" />}</span>
      {detail ? <span className="num mt-1.5 truncate text-2xs text-muted">{detail}</span> : null}
    </div>
  );
}

const BAR: Readonly<Record<Tone, string>> = { ...TONE_FILL, ok: "bg-accent", unknown: "bg-idle-fill" };

function Bar({ title, text, fill, tone }: { title: string; text: string; fill: number; tone: Tone }) {
  const share = Math.min(1, Math.max(0, fill));
  return (
    // biome-ignore lint/a11y/useSemanticElements: every engine draws its own <meter>, and none takes these colours.
    <div
      role="meter"
      aria-label={title}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={text}
      className="h-1 w-full overflow-hidden rounded-full bg-track"
    >
      <div
        // A sliver is kept for what is small, so that 0.4% does not look like nothing.
        className={`h-full rounded-full transition-[width] ${share > 0 ? "min-w-0.75" : ""} ${BAR[tone]}`}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
