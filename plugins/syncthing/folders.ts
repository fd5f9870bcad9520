import { z } from "zod";
import { CollectError, labelItems, matchesAny, type Report, readPart, readPartEvery, toLabel } from "../sdk";
import type { Ask, Context } from "./api";
import type { metrics } from "./metrics";
import { Folder, FolderStatistics, parseInstant, Status } from "./parse";

type Reported = Report<typeof metrics>;

interface Named {
  readonly label: string;
  readonly item: Folder;
}
/** What a folder needed when that last became less, and when that was. Kept between runs, by folder id. */
interface Need {
  readonly bytes: number;
  readonly items: number;
  readonly at: number;
}

/** Folders, and every so often what is in them. */
export async function readFolders(context: Context, ask: Ask, report: Reported) {
  const { config, memory } = context;
  const configured = await ask(z.array(Folder), "/rest/config/folders");
  const wanted = labelItems(configured, { name: ({ label }) => label, id: ({ id }) => id }).filter(
    ({ item: { id, label } }) =>
      config.folders.length === 0 || matchesAny(id, config.folders) || matchesAny(label, config.folders),
  );
  const shown = wanted.slice(0, config.maxItems);
  report("syncthing_folders_truncated", wanted.length > shown.length ? 1 : 0);

  const statistics = await readPart(context, report, () => ask(FolderStatistics, "/rest/stats/folder"));
  for (const { label: folder, item } of shown) {
    report("syncthing_folder_paused", item.paused ? 1 : 0, { folder });
    const scan = Object.hasOwn(statistics ?? {}, item.id) ? statistics?.[item.id]?.lastScan : undefined;
    const lastScan = parseInstant(scan ?? "");
    if (lastScan !== undefined) report("syncthing_folder_last_scan_timestamp_seconds", lastScan, { folder });
  }
  await readPartEvery(context, report, { key: "folders", seconds: config.statusIntervalSeconds }, () =>
    readStatuses(context, ask, shown, report),
  );
  const states = new Map(memory.recall<readonly [string, string][]>("states")?.value);
  return shown.map(({ label, item }) => ({
    folder: label,
    id: toLabel(item.id),
    type: toLabel(item.type),
    path: toLabel(item.path),
    state: item.paused ? "paused" : (states.get(item.id) ?? null),
  }));
}

/** Keeps the state of each folder that was read. One that cannot be read does not cost the others. @throws CollectError */
async function readStatuses(context: Context, ask: Ask, shown: readonly Named[], report: Reported) {
  const before = new Map(context.memory.recall<readonly [string, Need][]>("needs")?.value);
  const needs = new Map<string, Need>();
  const states: [string, string][] = [];
  let failed: CollectError | undefined;
  // A paused folder is not loaded: Syncthing knows nothing of it.
  for (const { label: folder, item } of shown.filter(({ item }) => !item.paused)) {
    const status = await ask(Status, `/rest/db/status?folder=${encodeURIComponent(item.id)}`).catch(
      (error: unknown) => {
        if (context.signal.aborted || !(error instanceof CollectError)) throw error;
        failed ??= error;
      },
    );
    if (!status) continue;
    reportStatus(report, folder, status);
    states.push([item.id, toLabel(status.state)]);
    const need = nextNeed(before.get(item.id), status, context.now);
    if (need === undefined) continue;
    needs.set(item.id, need);
    report("syncthing_folder_waiting_seconds", (context.now - need.at) / 1_000, { folder });
  }
  context.memory.keep("needs", [...needs]);
  context.memory.keep("states", states);
  if (failed) throw failed;
}

const itemsOf = ({ needTotalItems, needFiles, needDeletes }: Status) =>
  needTotalItems ?? (needFiles === undefined ? undefined : needFiles + (needDeletes ?? 0));

function reportStatus(report: Reported, folder: string, status: Status): void {
  const items = itemsOf(status);
  report("syncthing_folder_state", 1, { folder, state: toLabel(status.state || "unknown") });
  report("syncthing_folder_error", status.state === "error" || status.error !== "" ? 1 : 0, { folder });
  const sums = [
    ["syncthing_folder_completion_ratio", completionOf(status, items)],
    ["syncthing_folder_need_bytes", status.needBytes],
    ["syncthing_folder_need_items", items],
    ["syncthing_folder_global_bytes", status.globalBytes],
    ["syncthing_folder_local_bytes", status.localBytes],
    ["syncthing_folder_pull_errors", status.pullErrors ?? status.errors],
    ["syncthing_folder_receive_only_changes", status.receiveOnlyTotalItems],
  ] as const;
  for (const [metric, value] of sums) if (value !== undefined) report(metric, value, { folder });
}

/** As Syncthing counts it: by bytes, and 95 % when only deletions and empty items are left. */
function completionOf({ globalBytes, needBytes }: Status, items: number | undefined): number | undefined {
  if (globalBytes === undefined || needBytes === undefined) return undefined;
  const ratio = globalBytes === 0 ? 1 : Math.max(0, 1 - needBytes / globalBytes);
  return needBytes === 0 && (items ?? 0) > 0 ? Math.min(ratio, 0.95) : ratio;
}

/** Undefined when nothing is needed. New work on top of old is no progress, less of it is. */
function nextNeed(before: Need | undefined, status: Status, now: number): Need | undefined {
  const bytes = status.needBytes ?? 0;
  const items = itemsOf(status) ?? 0;
  if (bytes === 0 && items === 0) return undefined;
  const less = before !== undefined && (bytes < before.bytes || items < before.items);
  return { bytes, items, at: before === undefined || less ? now : before.at };
}
