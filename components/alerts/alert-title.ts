import type { AlertDetail } from "@/components/data/outputs";
import { summaryText } from "./fill-summary";

/** What an alert is told by: as it stands, or as it fired, or by what is left of it. */
export const headOf = ({ open, fired, timeline }: Pick<AlertDetail, "open" | "fired" | "timeline">) =>
  open ?? fired ?? timeline[0] ?? null;

/** What its page is called. */
export function titleOf(detail: Pick<AlertDetail, "open" | "fired" | "timeline">): string {
  const head = headOf(detail);
  return head ? summaryText(head) : "Alert";
}
