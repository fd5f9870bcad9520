import type { z } from "zod";
import type { Instance } from "../collect/instance";
import type { SightParts } from "../sight/sight";
import type { Overview } from "../trpc/outputs";

type Beat = z.output<typeof Overview>["hosts"][number]["strip"][number];
type Parts = Pick<SightParts, "registry" | "ledger">;

/** This machine first, then by name. */
export function groupByHost(instances: readonly Instance[], localHost: string): [string, Instance[]][] {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) groups.set(instance.host, [...(groups.get(instance.host) ?? []), instance]);
  const rank = (host: string) => (host === localHost ? 0 : 1);
  return [...groups].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true }));
}

/** A service that is away does not make its machine so; where nothing reads the machine, its services speak for it. */
function stripMembers({ registry }: Pick<SightParts, "registry">, members: readonly Instance[]): Instance[] {
  const enabled = members.filter((instance) => instance.enabled);
  const ofMachine = enabled.filter(({ plugin }) => registry.get(plugin)?.kind === "host");
  return ofMachine.length > 0 ? ofMachine : enabled;
}

/** How a machine is doing, by what is known of it and of what runs on it. */
export function hostHealth({ ledger, registry }: Parts, members: readonly Instance[]) {
  const enabled = members.filter((instance) => instance.enabled);
  const statuses = enabled.map(({ id }) => ledger.status(id));
  // Of one that was just added nothing is known yet; that says nothing about its host.
  const worst = (["failing", "degraded", "healthy"] as const).find((health) =>
    statuses.some((status) => status.health === health),
  );
  const main =
    members.find(({ plugin }) => plugin === "system-info") ??
    members.find(({ plugin }) => registry.get(plugin)?.kind === "host");
  return {
    // One failing service makes its host worth a look, not failing itself.
    health:
      worst === "failing" && statuses.some(({ health }) => health === "healthy")
        ? ("degraded" as const)
        : (worst ?? ("unknown" as const)),
    enabled: enabled.length > 0,
    instanceId: main?.id ?? members[0]?.id ?? "",
    instances: members.length,
    failing: statuses.filter(({ health }) => health === "failing").length,
  };
}

/** The worst of several strips, slot by slot. */
function mergeStrips(all: readonly Beat[][]): Beat[] {
  const worst: Beat[] = ["failed", "partial", "ok"];
  const length = all[0]?.length ?? 0;
  return Array.from({ length }, (_, slot) => worst.find((beat) => all.some((strip) => strip[slot] === beat)) ?? "none");
}

/** The past day of a machine. */
export const hostStrip = (parts: Parts, members: readonly Instance[]): Beat[] =>
  mergeStrips(stripMembers(parts, members).map(({ id }) => parts.ledger.strip(id)));
