import type { RuleView } from "@/components/data/outputs";

/** Who is told by a rule itself, and what it is marked with: "Tells Phone and Mail in any case. Labels: team infra." @param nameOf of a channel */
export function tellWords(
  { channels, labels }: Pick<RuleView, "channels" | "labels">,
  nameOf: (channel: string) => string,
): string {
  const marks = Object.entries(labels).map(([label, value]) => `${label} ${value || '""'}`);
  return [
    channels.length === 0 ? "" : `Tells ${listWords(channels.map(nameOf))} in any case.`,
    marks.length === 0 ? "" : `Labels: ${marks.join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** A rule's own channels in a table. */
export const channelWords = (channels: readonly string[], nameOf: (channel: string) => string): string =>
  channels.length === 0 ? "by the routes" : listWords(channels.map(nameOf));

function listWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
