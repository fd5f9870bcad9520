import type { z } from "zod";
import type { Alert, AlertEvent } from "../alerts/shapes/alert";
import type { Take } from "../alerts/shapes/rule";
import { specOf } from "../collect/own-metrics";
import { UnityError } from "../errors";
import type { SightParts } from "../sight/sight";
import type { AlertDetail } from "../trpc/alert-detail-outputs";
import { about, createTakes, describeAlert, describeEvent } from "./alerts";
import { storedUnit } from "./figures";
import { tellWhole } from "./past-alerts";
import { unitsOf } from "./rules";
import { isOnAxis } from "./value-unit";

type Parts = Pick<SightParts, "registry" | "instances" | "alerts" | "muting" | "ledger" | "clock" | "series">;
type Detail = z.output<typeof AlertDetail>;

/** What happened so long before may have to do with it. */
const SHORTLY_MS = 15 * 60_000;
/** More than a page shows of each. */
const EVENTS = 500;
const EARLIER = 20;
const BEFORE = 20;
/** Of a rule on many series of an instance, so many are looked through for those of this one. */
const LOOKED_THROUGH = 500;
/** Instances of one host that are asked for failed runs. */
const NEIGHBOURS = 200;

/** @throws UnityError `not_found` when it neither stands nor has a history */
export async function describeAlertDetail(parts: Parts, id: string): Promise<Detail> {
  const { alerts, instances, clock } = parts;
  const [standing, events] = await Promise.all([alerts.standing(), alerts.history({ alertId: id, limit: EVENTS })]);
  const open = standing.find((alert) => alert.id === id);
  const fired = events.findLast(({ event }) => event === "firing");
  const named =
    open ?? (fired && { ...fired, ...fired.details }) ?? (events[0] && { ...events[0], ...events[0].details });
  if (!named) throw new UnityError("not_found", "There is no such alert. It may never have fired, or is too long ago.");
  const { ruleId, instanceId, labels, metric } = named;
  const began = fired?.at ?? open?.standing.since ?? events[0]?.at ?? clock.now();

  const instance = instances.get(instanceId);
  const effective = instance && alerts.effective(instance, labels).find(({ rule }) => rule.id === ruleId);
  const changes = new Set(
    Object.values(effective?.sources ?? {}).flatMap((source) => ("override" in source ? source.override : [])),
  );
  const takes = createTakes(parts);
  const take = takes({ instanceId, ruleId, metric });
  const [whole] = fired ? await tellWhole(parts, [fired]) : [];
  return {
    at: clock.now(),
    open: open ? describeAlert(parts, open, { take: takes }) : null,
    fired: whole ?? null,
    timeline: events.map((event) => describeEvent(parts, event, takes)),
    rule: effective ?? null,
    units: effective ? unitsOf(parts, effective.rule) : {},
    overrides: alerts.book.overrides().filter((one) => changes.has(one.id)),
    chart: chartOf(parts, { instanceId, metric }, take),
    earlier: await findEarlier(parts, { ruleId, instanceId, labels }, began),
    before: await findBefore(parts, { id, instanceId }, began),
  };
}

/** What an alert without a metric looks at: whether the instance could be asked. */
const UP = "unity_collector_up";

function chartOf(
  { registry, instances }: Parts,
  { instanceId, metric }: Pick<Alert, "instanceId" | "metric">,
  take: Take | undefined,
): Detail["chart"] {
  const plugin = registry.get(instances.get(instanceId)?.plugin ?? "");
  const name = metric ?? UP;
  const spec = specOf(plugin, name);
  if (!spec) return null;
  const unit = storedUnit(spec);
  return { metric: name, unit, comparable: unit !== "bool" && take !== undefined && isOnAxis(take) };
}

type Same = Pick<Alert, "ruleId" | "instanceId" | "labels">;

async function findEarlier(parts: Parts, { ruleId, instanceId, labels }: Same, began: number) {
  const events = await parts.alerts.history({
    ruleId,
    instanceId,
    events: ["firing"],
    to: began,
    limit: LOOKED_THROUGH,
  });
  const key = keyOf(labels);
  return tellWhole(parts, events.filter(({ details }) => keyOf(details.labels) === key).slice(0, EARLIER));
}

const keyOf = (labels: AlertEvent["details"]["labels"]) => JSON.stringify(Object.entries(labels).sort());

/** Other alerts and failed runs of the same host. */
async function findBefore(
  parts: Parts,
  { id, instanceId }: { id: string; instanceId: string },
  began: number,
): Promise<Detail["before"]> {
  const { alerts, instances, ledger } = parts;
  const host = instances.get(instanceId)?.host;
  const window = { from: began - SHORTLY_MS, to: began + 1 };
  const isNear = (other: string) => other === instanceId || (host !== undefined && instances.get(other)?.host === host);
  const events = await alerts.history({ ...window, events: ["firing"], limit: LOOKED_THROUGH });
  const near = events.filter((event) => event.alertId !== id && isNear(event.instanceId)).slice(0, BEFORE);
  const neighbours = instances.list().filter((one) => isNear(one.id));
  const runs = await ledger.failedRuns({
    instanceIds: neighbours.slice(0, NEIGHBOURS).map((one) => one.id),
    ...window,
    limit: BEFORE,
  });
  return {
    ...window,
    alerts: await tellWhole(parts, near),
    runs: runs.map((run) => ({ ...run, instanceName: about(parts, run.instanceId).instanceName })),
  };
}
