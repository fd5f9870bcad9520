import type { CatalogueEntry } from "../data/outputs";
import type { Tone } from "../ui/tones";

export type Used = Pick<CatalogueEntry, "instances" | "states">;

/** How a plugin's instances are: the worst that there is, and of how many. Of one that is in use. */
export function describeUse({ instances, states }: Used): { tone: Tone; text: string } {
  const { failing, degraded, healthy, unknown, paused } = states;
  const some = (count: number, word: string) => (instances === 1 ? word : `${count} of ${instances} ${word}`);
  if (failing > 0) return { tone: "bad", text: some(failing, "failing") };
  if (degraded > 0) return { tone: "warn", text: some(degraded, "degraded") };
  if (paused === instances) return { tone: "paused", text: instances === 1 ? "paused" : `${instances} paused` };
  if (healthy === 0 && unknown > 0) return { tone: "unknown", text: "no reading yet" };
  return { tone: "ok", text: instances === 1 ? "1 healthy" : `${healthy} healthy` };
}
