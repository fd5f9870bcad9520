import { parseSamples, type Sample } from "../sdk";
import type { Survey } from "./server";

/** What the server tells of itself on its page of metrics. */
export interface Figures {
  of(name: string): readonly Sample[];
  /** Sum over all series with at least these labels. Undefined when there is none. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

/**
 * @param wanted names that are kept: every shard and every path has series of its own
 * @throws CollectError also `parse` when it is no page of metrics
 */
export async function readFigures({ api }: Pick<Survey, "api">, wanted: ReadonlySet<string>): Promise<Figures> {
  const { body } = await api.ask("/metrics", { headers: { accept: "text/plain" } });
  const samples = parseSamples(body, `${api.base}/metrics`, (name) => wanted.has(name));
  const byName = new Map<string, Sample[]>();
  for (const sample of samples) {
    const known = byName.get(sample.name);
    if (known) known.push(sample);
    else byName.set(sample.name, [sample]);
  }
  const of = (name: string) => byName.get(name) ?? [];
  return {
    of,
    sum: (name, labels = {}) => {
      const wantedLabels = Object.entries(labels);
      const found = of(name).filter((sample) => wantedLabels.every(([label, text]) => sample.labels[label] === text));
      return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
    },
  };
}
