import type { RuleView } from "@/components/data/outputs";
import type { Tone } from "@/components/ui/tones";

export type Severity = RuleView["severity"];

/** The worst first. */
export const SEVERITIES = ["critical", "warning", "info"] as const satisfies readonly Severity[];

/** How bad it is, by shape, colour and word. */
export const TONE_OF: Readonly<Record<Severity, Tone>> = { critical: "bad", warning: "warn", info: "info" };
export const WORD_OF: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  warning: "Warning",
  info: "Information",
};

/** What an address or a list names; "" is all of them. */
export const severityOf = (text: string | null): Severity | "" => SEVERITIES.find((one) => one === text) ?? "";
