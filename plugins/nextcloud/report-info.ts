import { type Report, toLabel } from "../sdk";
import type { metrics } from "./metrics";
import type { Info } from "./parse";

type Reported = Report<typeof metrics>;

const KIBIBYTE = 1_024;
const LOAD_WINDOWS = ["1m", "5m", "15m"];

export function reportInfo(report: Reported, { nextcloud, server, activeUsers }: Info): void {
  const { system, storage, shares } = nextcloud;
  reportVersions(report, { nextcloud, server });
  for (const [index, window] of LOAD_WINDOWS.entries()) {
    const load = system.cpuload?.[index];
    if (load !== undefined) report("nextcloud_cpu_load", load, { window });
  }
  if (system.freespace !== undefined && system.freespace >= 0) report("nextcloud_free_bytes", system.freespace);
  // KiB; 0 where Nextcloud may not look.
  if (system.mem_total) report("nextcloud_memory_total_bytes", system.mem_total * KIBIBYTE);
  if (system.mem_total && system.mem_free !== undefined)
    report("nextcloud_memory_free_bytes", system.mem_free * KIBIBYTE);
  if (storage?.num_users !== undefined) report("nextcloud_users", storage.num_users);
  if (storage?.num_files !== undefined) report("nextcloud_files", storage.num_files);
  eachKnown(
    [
      ["home", storage?.num_storages_home],
      ["local", storage?.num_storages_local],
      ["other", storage?.num_storages_other],
    ],
    (value, kind) => report("nextcloud_storages", value, { kind }),
  );
  eachKnown(
    [
      ["user", shares?.num_shares_user],
      ["group", shares?.num_shares_groups],
      ["link", shares?.num_shares_link],
      ["mail", shares?.num_shares_mail],
      ["room", shares?.num_shares_room],
      ["federated_sent", shares?.num_fed_shares_sent],
      ["federated_received", shares?.num_fed_shares_received],
    ],
    (value, kind) => report("nextcloud_shares", value, { kind }),
  );
  if (shares?.num_shares_link_no_password !== undefined)
    report("nextcloud_shares_link_no_password", shares.num_shares_link_no_password);
  eachKnown(
    [
      ["5m", activeUsers?.last5minutes],
      ["1h", activeUsers?.last1hour],
      ["24h", activeUsers?.last24hours],
      ["7d", activeUsers?.last7days],
      ["30d", activeUsers?.last1month],
      ["90d", activeUsers?.last3months],
      ["180d", activeUsers?.last6months],
      ["365d", activeUsers?.lastyear],
    ],
    (value, window) => report("nextcloud_active_users", value, { window }),
  );
}

function reportVersions(report: Reported, { nextcloud, server }: Pick<Info, "nextcloud" | "server">): void {
  report("nextcloud_info", 1, {
    version: toLabel(nextcloud.system.version),
    php: toLabel(server?.php?.version ?? ""),
    db_type: toLabel(server?.database?.type ?? ""),
    db_version: toLabel(server?.database?.version ?? ""),
  });
  const size = server?.database?.size;
  if (size !== undefined && size > 0) report("nextcloud_database_size_bytes", size);
  const limit = server?.php?.memory_limit;
  // -1 is none.
  if (limit !== undefined && limit > 0) report("nextcloud_php_memory_limit_bytes", limit);
  const hitRate = server?.php?.opcache?.opcache_statistics?.opcache_hit_rate;
  if (hitRate !== undefined) report("nextcloud_opcache_hit_ratio", hitRate / 100);
}

type Row = readonly [name: string, value: number | undefined];

/** Reports what is known of several values of one metric. */
function eachKnown(rows: readonly Row[], say: (value: number, name: string) => void): void {
  for (const [name, value] of rows) if (value !== undefined) say(value, name);
}
