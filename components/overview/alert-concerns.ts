import { summaryText } from "@/components/alerts/fill-summary";
import { TONE_OF } from "@/components/alerts/severity";
import { groupAlerts } from "@/components/alerts/standing-alert";
import type { OpenAlert, Overview } from "@/components/data/outputs";
import { titleOf } from "@/components/instances/titles";
import type { Concern } from "./concerns";

/** The rule that watches whether an instance can be asked: its alert says what the instance's failure says. */
const FAILING = "unity/failing";

interface Joined {
  readonly concerns: Concern[];
  /** How many fire that somebody has taken note of. */
  readonly quiet: number;
}

/**
 * What fires comes first; of what is wrong besides, that is left out which an alert speaks of already, be it acknowledged or not.
 * @param found in their order @param now epoch milliseconds
 */
export function joinAlerts(
  open: readonly OpenAlert[],
  found: readonly Concern[],
  instances: Overview["instances"],
  now: number,
): Joined {
  const { loud, quiet } = groupAlerts(open, now);
  const firing = [...loud, ...quiet];
  const told = new Set(firing.map(({ instanceId }) => instanceId));
  const failing = new Set(firing.flatMap(({ instanceId, ruleId }) => (ruleId === FAILING ? instanceId : [])));
  const rest = found.filter(({ key, instanceId, dueAt }) => {
    if (dueAt !== null || !told.has(instanceId)) return true;
    return key === instanceId && !failing.has(instanceId);
  });
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  return {
    concerns: [...loud.map((alert) => concernOf(alert, byId.get(alert.instanceId))), ...rest],
    quiet: quiet.length,
  };
}

function concernOf(alert: OpenAlert, instance: Overview["instances"][number] | undefined): Concern {
  const { id, severity, ruleId, ruleName, instanceId, instanceName, host, firedAt } = alert;
  const tone = TONE_OF[severity];
  const about = instance ? titleOf(instance) : { title: instanceName ?? "A removed instance", about: host ?? "" };
  const status = ruleId === FAILING ? instance?.status : undefined;
  const shown = tone === "warn" || tone === "info" ? tone : "bad";
  const why = status?.message ?? summaryText(alert);
  return {
    key: `alert:${id}`,
    href: `/alerts/${id}`,
    tone: shown,
    instanceId,
    ...about,
    points: [{ tone: shown, what: ruleName, why, hint: status?.hint ?? null }],
    since: firedAt,
    longer: false,
    dueAt: null,
  };
}
