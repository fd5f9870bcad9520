import type { Attention, LiveMessage } from "@/components/data/outputs";

/** What is wrong now, after what a live message says. The same object when nothing changed. */
export function applyToAttention(attention: Attention, { statuses }: Pick<LiveMessage, "statuses">): Attention {
  const failing = new Set(attention.failing);
  const degraded = new Set(attention.degraded);
  let changed = false;
  for (const { instanceId, health } of statuses) {
    changed = place(failing, instanceId, health === "failing") || changed;
    changed = place(degraded, instanceId, health === "degraded") || changed;
  }
  return changed ? { failing: [...failing], degraded: [...degraded] } : attention;
}

function place(ids: Set<string>, id: string, belongs: boolean): boolean {
  if (ids.has(id) === belongs) return false;
  if (belongs) ids.add(id);
  else ids.delete(id);
  return true;
}
