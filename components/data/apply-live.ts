import { extendStrip } from "./extend-strip";
import type { InstanceDetail, LiveMessage, Overview, Status } from "./outputs";

/** The page's data with what a live message brought. Untouched parts stay the same objects, so that nothing redraws for nothing. */
export function applyToOverview(overview: Overview, message: LiveMessage): Overview {
  const fresh = newestOf(message);
  const statuses = statusesOf(message);
  const known = new Set(overview.latest.map(({ series }) => series));
  const touched = overview.latest.some(({ series }) => fresh.has(series));
  const latest = touched ? overview.latest.map((sample) => newer(sample, fresh.get(sample.series))) : overview.latest;
  const unseen = [...fresh].filter(([series]) => !known.has(series));
  // Most messages bring nothing new: what the page names is then not worth counting together.
  const wanted = unseen.length > 0 ? namedSeries(overview) : undefined;
  const added = unseen.filter(([series]) => wanted?.has(series)).map(([series, sample]) => ({ series, ...sample }));
  const instances = overview.instances.some(({ id }) => statuses.has(id))
    ? overview.instances.map((instance) => withStatus(instance, statuses.get(instance.id)))
    : overview.instances;
  return { ...overview, at: message.at, latest: added.length > 0 ? [...latest, ...added] : latest, instances };
}

/** Every series that a figure of the page is made of. */
function namedSeries({ instances, hosts }: Overview): Set<number> {
  const figures = [
    ...instances.flatMap((instance) => instance.figures),
    ...hosts.flatMap(({ vitals }) => vitals.map(({ figure }) => figure)),
  ];
  return new Set([
    ...figures.flatMap(({ series, max }) => [...series, ...(Array.isArray(max) ? max : [])]),
    ...hosts.flatMap(({ bootedAtSeries }) => bootedAtSeries),
  ]);
}

export function applyToInstance(detail: InstanceDetail, message: LiveMessage): InstanceDetail {
  const fresh = newestOf(message);
  const touched = detail.series.some(({ series }) => fresh.has(series));
  const status = message.statuses.find(({ instanceId }) => instanceId === detail.id);
  if (!touched && !status) return detail;
  const series = touched
    ? detail.series.map((info) => {
        const sample = fresh.get(info.series);
        return sample && sample.at >= (info.latest?.at ?? 0) ? { ...info, latest: sample } : info;
      })
    : detail.series;
  return { ...detail, series, ...(status ? { status, ...extendStrip(detail, status) } : {}) };
}

export function applyToInstances<T extends { id: string; status: Status }>(instances: T[], message: LiveMessage): T[] {
  const statuses = statusesOf(message);
  if (!instances.some(({ id }) => statuses.has(id))) return instances;
  return instances.map((instance) => withStatus(instance, statuses.get(instance.id)));
}

/** True when a message's status differs in what lists and host rows are built from. */
export function changesHealth(instances: readonly { id: string; status: Status }[], message: LiveMessage): boolean {
  const health = new Map(instances.map(({ id, status }) => [id, status.health]));
  return message.statuses.some(
    (status) => health.has(status.instanceId) && health.get(status.instanceId) !== status.health,
  );
}

const withStatus = <T extends { status: Status }>(instance: T, status: Status | undefined): T =>
  status && status.lastRunAt !== instance.status.lastRunAt ? { ...instance, status } : instance;

function newestOf({ series, times, values }: LiveMessage): Map<number, { at: number; value: number }> {
  return new Map(series.map((id, index) => [id, { at: times[index] ?? 0, value: values[index] ?? 0 }]));
}

const statusesOf = ({ statuses }: LiveMessage) => new Map(statuses.map((status) => [status.instanceId, status]));

const newer = (sample: Overview["latest"][number], fresh: { at: number; value: number } | undefined) =>
  fresh && fresh.at >= sample.at ? { series: sample.series, ...fresh } : sample;
