import type { OpenAlert } from "@/components/data/outputs";
import { formatText } from "@/components/format";

type Summed = Pick<OpenAlert, "summary" | "instanceName" | "host" | "labels" | "unit" | "value" | "limit">;

/** A stretch of a summary: the rule's own words, or what was filled in for a place. */
export interface SummaryPart {
  readonly text: string;
  /** Collected or measured: it stands apart from the sentence, and its direction is its own. */
  readonly filled: boolean;
}

/** A collected name may be as long as it likes; a sentence of them may not. */
const LONGEST = 200;
const PLACE = /\{\{\s*(\w+)\s*\}\}/;

/** What an alert says, with its places filled in. A label that the alert does not have is named instead. Hostile values stay text. */
export function fillSummary(alert: Summed): SummaryPart[] {
  return alert.summary.split(/(\{\{\s*\w+\s*\}\})/).flatMap((piece): SummaryPart[] => {
    if (piece === "") return [];
    const name = PLACE.exec(piece)?.[1];
    if (name === undefined) return [{ text: piece, filled: false }];
    return [{ text: shorten(filling(alert, name) ?? name.replaceAll("_", " ")), filled: true }];
  });
}

/** The same in one text, for titles, search and files. */
export const summaryText = (alert: Summed): string =>
  fillSummary(alert)
    .map(({ text }) => text)
    .join("");

function filling({ instanceName, host, labels, unit, value, limit }: Summed, name: string): string | undefined {
  // A label of the same name is what the rule's author saw beside the metric.
  if (Object.hasOwn(labels, name)) return labels[name] || "–";
  switch (name) {
    case "instance":
      return instanceName ?? "A removed instance";
    case "host":
      return host ?? "its host";
    case "value":
      return formatText(value, unit);
    case "limit":
      return formatText(limit, unit);
    default:
      return undefined;
  }
}

const shorten = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
