import type { z } from "zod";
import type { Attention } from "../trpc/outputs";
import type { Unity } from "../unity";

type Parts = Pick<Unity, "registry" | "ledger" | "instances">;

/** What is wrong now, in as few bytes as can be: every page shows the count. Paused instances are left alone. */
export function describeAttention({ registry, ledger, instances }: Parts): z.output<typeof Attention> {
  const enabled = instances.list().filter((instance) => instance.enabled);
  const health = new Map(
    enabled.map(({ id, plugin }) => [id, registry.get(plugin) ? ledger.status(id).health : "failing"]),
  );
  const idsOf = (wanted: string) => [...health].flatMap(([id, is]) => (is === wanted ? id : []));
  return { failing: idsOf("failing"), degraded: idsOf("degraded") };
}
