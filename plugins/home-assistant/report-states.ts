import { type CollectContext, labelItems, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import { type Entity, numberOf, textOf } from "./entities";
import type { metrics } from "./metrics";

type Reported = Report<typeof metrics>;

/** Domains are integrations' and so may be many, but no home has this many. */
const MAX_DOMAINS = 200;
/** Of binary_sensor: on is trouble (Home Assistant, binary sensor device classes). */
const TROUBLES = ["problem", "safety", "smoke", "gas", "carbon_monoxide", "moisture"] as const;

/** @returns whether something was left out for the limits, and rows for the inventory */
export function reportStates(context: CollectContext<Config>, report: Reported, entities: readonly Entity[]) {
  const of = (domain: string) => entities.filter((entity) => entity.domain === domain);
  const tooManyDomains = reportDomains(report, entities);
  const automations = reportAutomations(context, report, of("automation"));
  const updates = reportUpdates(context, report, of("update"));
  const batteries = reportBatteries(context, report, entities);
  reportTroubles(report, of("binary_sensor"));
  const persons = of("person");
  if (persons.length > 0) report("homeassistant_persons_home", persons.filter(({ state }) => state === "home").length);
  return {
    truncated: tooManyDomains || automations || updates.truncated || batteries.truncated,
    updates: updates.rows,
    batteries: batteries.rows,
  };
}

function reportDomains(report: Reported, entities: readonly Entity[]): boolean {
  const counts = new Map<string, { all: number; unavailable: number; unknown: number }>();
  for (const { domain, state } of entities) {
    const label = toLabel(domain);
    const count = counts.get(label) ?? { all: 0, unavailable: 0, unknown: 0 };
    count.all += 1;
    if (state === "unavailable") count.unavailable += 1;
    if (state === "unknown") count.unknown += 1;
    counts.set(label, count);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b.all - a.all);
  for (const [domain, { all, unavailable, unknown }] of sorted.slice(0, MAX_DOMAINS)) {
    report("homeassistant_entities", all, { domain });
    report("homeassistant_entities_unavailable", unavailable, { domain });
    report("homeassistant_entities_unknown", unknown, { domain });
  }
  const gone = entities.filter(({ state }) => state === "unavailable").length;
  if (entities.length > 0) report("homeassistant_unavailable_ratio", gone / entities.length);
  return sorted.length > MAX_DOMAINS;
}

function reportAutomations({ config }: CollectContext<Config>, report: Reported, all: readonly Entity[]): boolean {
  for (const state of ["on", "off", "unavailable"])
    report("homeassistant_automations", all.filter((entity) => entity.state === state).length, { state });
  const ran = all
    .flatMap((entity) => {
      const at = Date.parse(textOf(entity.attributes, "last_triggered"));
      return Number.isNaN(at) ? [] : [{ entity, at: Math.floor(at / 1_000) }];
    })
    .sort((a, b) => b.at - a.at);
  const labelled = labelItems(ran, { name: ({ entity }) => entity.name, id: ({ entity }) => entity.id });
  for (const { label, item } of labelled.slice(0, config.maxItems))
    report("homeassistant_automation_last_triggered_timestamp_seconds", item.at, { automation: label });
  return ran.length > config.maxItems;
}

function reportUpdates({ config }: CollectContext<Config>, report: Reported, all: readonly Entity[]) {
  const waiting = all.filter(({ state }) => state === "on");
  report("homeassistant_updates_available", waiting.length);
  const labelled = labelItems(waiting, {
    name: ({ attributes, name }) => textOf(attributes, "title") || name,
    id: ({ id }) => id,
  }).slice(0, config.maxItems);
  for (const { label } of labelled) report("homeassistant_update_available", 1, { title: label });
  const rows = labelled.map(({ label, item }) => ({
    title: label,
    installed: toLabel(textOf(item.attributes, "installed_version")),
    latest: toLabel(textOf(item.attributes, "latest_version")),
  }));
  return { truncated: waiting.length > config.maxItems, rows };
}

function reportBatteries({ config }: CollectContext<Config>, report: Reported, all: readonly Entity[]) {
  const batteries = all.filter(({ deviceClass }) => deviceClass === "battery");
  const charges = batteries
    .flatMap((entity) => {
      const percent = entity.domain === "sensor" && entity.unit === "%" ? numberOf(entity.state) : undefined;
      return percent === undefined || percent < 0 ? [] : [{ entity, ratio: Math.min(1, percent / 100) }];
    })
    .sort((a, b) => a.ratio - b.ratio || (a.entity.id < b.entity.id ? -1 : 1));
  for (const { entity, ratio } of charges.slice(0, config.maxItems))
    report("homeassistant_battery_ratio", ratio, { entity: toLabel(entity.id) });
  const low = charges.filter(({ ratio }) => ratio < config.batteryLowRatio);
  const saying = batteries.filter(({ domain, state }) => domain === "binary_sensor" && state === "on");
  report("homeassistant_batteries_low", low.length + saying.length);
  const rows = [
    ...low.map(({ entity, ratio }) => ({ entity, ratio })),
    ...saying.map((entity) => ({ entity, ratio: null })),
  ]
    .slice(0, config.maxItems)
    .map(({ entity, ratio }) => ({ entity: toLabel(entity.id), name: toLabel(entity.name), ratio }));
  return { truncated: charges.length > config.maxItems, rows };
}

/** Only classes there are sensors of: without a smoke detector nobody knows that there is no smoke. */
function reportTroubles(report: Reported, sensors: readonly Entity[]): void {
  for (const deviceClass of TROUBLES) {
    const own = sensors.filter((sensor) => sensor.deviceClass === deviceClass);
    if (own.length === 0) continue;
    report("homeassistant_problems", own.filter(({ state }) => state === "on").length, { device_class: deviceClass });
  }
}
