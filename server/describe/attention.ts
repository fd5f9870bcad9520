import type { z } from "zod";
import type { SightParts } from "../sight/sight";
import type { Attention } from "../trpc/alert-outputs";
import { describeOpenAlerts } from "./alerts";

type Parts = Pick<SightParts, "registry" | "instances" | "alerts" | "muting" | "clock" | "series">;

/** What fires and nobody has taken note of: not acknowledged, not snoozed, not muted. */
export async function describeAttention(parts: Parts): Promise<z.output<typeof Attention>> {
  const now = parts.clock.now();
  const firing = (await describeOpenAlerts(parts)).filter(({ phase }) => phase === "firing");
  const quietUntil = firing.flatMap(({ snoozedUntil, mutedBy }) =>
    [snoozedUntil, mutedBy?.until].flatMap((until) => (until && until > now ? until : [])),
  );
  const loud = firing.filter(
    ({ acknowledged, snoozedUntil, mutedBy }) =>
      acknowledged === null && mutedBy === null && (snoozedUntil === null || snoozedUntil <= now),
  );
  const count = (severity: string) => loud.filter((alert) => alert.severity === severity).length;
  const [newest] = loud
    .flatMap(({ id, severity, ruleName, instanceName, firedAt }) =>
      severity === "critical" && firedAt !== null ? { id, ruleName, instanceName, firedAt } : [],
    )
    .sort((one, other) => other.firedAt - one.firedAt);
  return {
    critical: count("critical"),
    warning: count("warning"),
    info: count("info"),
    changesAt: quietUntil.length === 0 ? null : Math.min(...quietUntil),
    newest: newest ?? null,
  };
}
