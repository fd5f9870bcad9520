import { labelItems, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { known } from "./parse";
import type { Item, Snapshot, State } from "./snapshot";

type Reported = Report<typeof metrics>;

/** What counts as still to come. */
const PENDING: ReadonlySet<State> = new Set(["downloading", "queued", "stalled", "checking"]);
/** Named first when there are more items than the limit: what moves, then what needs a person. */
const ORDER: readonly State[] = [
  "downloading",
  "stalled",
  "error",
  "checking",
  "queued",
  "paused",
  "other",
  "seeding",
  "completed",
];

/** Turns what a program said into readings. */
export function reportSnapshot(report: Reported, snapshot: Snapshot, config: Config): void {
  const { items, downloadSpeed } = snapshot;
  const version = toLabel(snapshot.version);
  report("download_info", 1, { type: config.type, version });
  reportStates(report, snapshot);
  reportTotals(report, snapshot);

  const remaining = remainingOf(items);
  if (remaining !== undefined) report("download_queue_remaining_bytes", remaining);
  if (remaining && downloadSpeed) report("download_eta_seconds", remaining / downloadSpeed);
  if (snapshot.states.includes("stalled") && downloadSpeed !== undefined)
    report("download_stuck", downloadSpeed === 0 && items.some(({ state }) => state === "stalled") ? 1 : 0);

  const disks = new Map(snapshot.disks.map((disk) => [toLabel(disk.path), disk]));
  for (const [path, { freeBytes, capacityBytes }] of disks) {
    report("download_free_bytes", freeBytes, { path });
    if (capacityBytes !== undefined) report("download_capacity_bytes", capacityBytes, { path });
  }
  const named = reportItems(report, items, config);
  report.inventory({
    facts: { type: config.type, version, items: items.length, ...snapshot.facts },
    ...(named ? { lists: { items: named } } : {}),
  });
}

function reportStates(report: Reported, { items, states }: Snapshot): void {
  const counts = new Map<State, number>(states.map((state) => [state, 0]));
  for (const { state } of items) counts.set(state, (counts.get(state) ?? 0) + 1);
  for (const [state, count] of counts) report("download_items", count, { state });
}

function reportTotals(report: Reported, snapshot: Snapshot): void {
  const totals = [
    ["download_speed_bytes_per_second", snapshot.downloadSpeed],
    ["upload_speed_bytes_per_second", snapshot.uploadSpeed],
    ["download_bytes_total", snapshot.downloadedBytes],
    ["upload_bytes_total", snapshot.uploadedBytes],
    ["download_peers", snapshot.peers],
    ["download_dht_nodes", snapshot.dhtNodes],
    ["download_ratio", snapshot.ratio],
    ["download_history_failed", snapshot.historyFailed],
    ["download_warnings", snapshot.warnings],
    ["download_quota_remaining_bytes", snapshot.quotaRemainingBytes],
  ] as const;
  for (const [metric, value] of totals) {
    const sure = known(value);
    if (sure !== undefined) report(metric, sure);
  }
  if (snapshot.paused !== undefined) report("download_paused", snapshot.paused ? 1 : 0);
  if (snapshot.connectionOk !== undefined) report("download_connection_ok", snapshot.connectionOk ? 1 : 0);
}

/** Undefined when a program does not tell it of any item that waits. */
function remainingOf(items: readonly Item[]): number | undefined {
  const pending = items.filter(({ state }) => PENDING.has(state));
  const told = pending.flatMap(({ remainingBytes }) => known(remainingBytes) ?? []);
  if (pending.length > 0 && told.length === 0) return undefined;
  return told.reduce((sum, bytes) => sum + bytes, 0);
}

/** Names are shown only where that was asked for: they tell what somebody downloads. */
function reportItems(report: Reported, items: readonly Item[], { perItem, maxItems }: Config) {
  if (!perItem) return undefined;
  const sorted = [...items].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || compare(a.name, b.name));
  const shown = labelItems(sorted.slice(0, maxItems), { name: ({ name }) => name, id: ({ id }) => id.slice(0, 40) });
  report("download_items_truncated", items.length > shown.length ? 1 : 0);
  for (const { label, item } of shown)
    if (item.progress !== undefined)
      report("download_item_progress_ratio", Math.min(1, Math.max(0, item.progress)), { item: label });
  return shown.map(({ label, item }) => ({
    item: label,
    state: item.state,
    progress: item.progress ?? null,
    remainingBytes: known(item.remainingBytes) ?? null,
  }));
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
