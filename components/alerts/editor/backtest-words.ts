import type { Backtest } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { spanWords } from "../rule-words";

const DAY_MS = 86_400_000;

/** A back-test in a sentence, and what it could not look at. */
export function backtestWords({
  count,
  firingMs,
  from,
  to,
  series,
  skipped,
  resolution,
}: Pick<Backtest, "count" | "firingMs" | "from" | "to" | "series" | "skipped" | "resolution">): {
  text: string;
  limits: string;
} {
  if (series === 0 || to <= from) return { text: "There is no past to try it on yet.", limits: "" };
  const past = `In the last ${pastWords(to - from)}`;
  const times = count === 1 ? "once" : `${formatExact(count)} times`;
  const coarsest = Math.max(0, ...resolution.map(({ stepSeconds }) => stepSeconds));
  return {
    text:
      count === 0
        ? `${past} it would not have fired.`
        : `${past} it would have fired ${times}, for ${spanWords(Math.max(1, Math.round(firingMs / 1_000)))}${count > 1 ? " in all" : ""}.`,
    limits: [
      coarsest > 0 ? `Older samples are kept as averages of ${spanWords(coarsest)}: what was shorter is not seen.` : "",
      skipped > 0 ? `There was no time for ${skipped === 1 ? "1 instance" : `${formatExact(skipped)} instances`}.` : "",
    ]
      .filter(Boolean)
      .join(" "),
  };
}

function pastWords(ms: number): string {
  const days = Math.round(ms / DAY_MS);
  return days >= 2 ? `${days} days` : spanWords(Math.max(60, Math.round(ms / 60_000) * 60));
}
