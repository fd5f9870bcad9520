import type { OpenAlert } from "@/components/data/outputs";
import { fillSummary } from "./fill-summary";

type Summed = Parameters<typeof fillSummary>[0] & Pick<OpenAlert, "summary">;

/** What an alert says. What was filled in keeps its own direction, and is a text node whatever it holds. */
export function Summary({ alert }: { alert: Summed }) {
  return fillSummary(alert).map(({ text, filled }, index) =>
    filled ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence.
      <bdi key={index}>{text}</bdi>
    ) : (
      text
    ),
  );
}
