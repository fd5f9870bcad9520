import { chart, definePlugin, holdOffLogin, meter, placeOf, readPartEvery, toLabel } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import { metrics, UPDATE_SECONDS } from "./metrics";
import { type Nextcloud, openNextcloud } from "./open-nextcloud";
import type { Info, Status } from "./parse";
import { reportInfo } from "./report-info";

/** The app store is asked for each app. */
const UPDATES_MS = 30_000;
/** Names of apps in the list. */
const MAX_APPS = 100;

interface Updates {
  readonly server: string;
  readonly apps: readonly { readonly app: string; readonly version: string }[];
}

export default definePlugin({
  id: "nextcloud",
  name: "Nextcloud",
  summary: "Maintenance, free space, users, shares, database, PHP and updates of a Nextcloud.",
  category: "application",
  tier: 2,
  kind: "network",
  needs: ["The app Monitoring (serverinfo), and its token or an administrator's app password"],
  intervalSeconds: 60,
  minIntervalSeconds: 30,
  timeoutMs: 45_000,
  config,
  metrics,
  alerts,
  board: [
    meter("nextcloud_free_bytes", "Free space", {
      combine: "min",
      warn: 21_474_836_480,
      bad: 10_737_418_240,
      lowIsBad: true,
    }),
    meter("nextcloud_active_users", "Active in five minutes", { where: { window: "5m" } }),
    meter("nextcloud_app_updates_available", "Updates of apps", { warn: 1 }),
    meter("nextcloud_maintenance", "Maintenance", { bad: 1 }),
    meter("nextcloud_opcache_hit_ratio", "Opcache hits", { warn: 0.95, bad: 0.8, lowIsBad: true }),
    chart("Active users", ["nextcloud_active_users"]),
    chart("Shares", ["nextcloud_shares"], { stacked: true }),
    chart("Links without a password", ["nextcloud_shares_link_no_password"]),
    chart("Free space", ["nextcloud_free_bytes"]),
    chart("Database", ["nextcloud_database_size_bytes"]),
    chart("Files", ["nextcloud_files"]),
    chart("Response", ["nextcloud_response_duration_seconds"]),
    chart("Load", ["nextcloud_cpu_load"]),
    chart("Memory", ["nextcloud_memory_free_bytes", "nextcloud_memory_total_bytes"]),
  ],
  help: {
    auth: "Set the token again (occ config:app:set serverinfo token --value …), or make a new app password.",
    permission: "The account is not an administrator's, or a proxy keeps this address out.",
    not_found: "Check the address, and that the app is on: occ app:enable serverinfo",
    rate_limited:
      "Nextcloud slows this address down after failed logins: correct them, then occ security:bruteforce:reset.",
    unreachable: "Check that web server and PHP run.",
    protocol: "Look at Nextcloud's log: Administration settings, Logging.",
    parse: "Check the address: a proxy's login page or another service may stand there.",
    timeout: "PHP is overloaded, or too few of its processes: look at pm.max_children.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  async collect(context, report) {
    const nextcloud = openNextcloud(context);
    const status = await nextcloud.readStatus();
    report("nextcloud_maintenance", status.maintenance ? 1 : 0);
    if (typeof status.needsDbUpgrade === "boolean") report("nextcloud_needs_db_upgrade", status.needsDbUpgrade ? 1 : 0);
    // Everything else answers 503 then; the alert is about the mode itself.
    if (status.maintenance) {
      report.inventory({ facts: describeStatus(status) });
      return;
    }
    await holdOffLogin(context, async () => {
      const { info, answer } = await nextcloud.readInfo();
      report("nextcloud_response_duration_seconds", answer.timings.total / 1_000);
      reportInfo(report, info);
      if (context.config.checkUpdates)
        await readPartEvery(context, report, { key: "updates", seconds: UPDATE_SECONDS }, async () => {
          const updates = await readUpdates(nextcloud);
          if (updates.available !== undefined) report("nextcloud_update_available", updates.available ? 1 : 0);
          if (updates.count !== undefined) report("nextcloud_app_updates_available", updates.count);
          context.memory.keep("found", { server: updates.server, apps: updates.apps } satisfies Updates);
        });
      const found = context.memory.recall<Updates>("found")?.value;
      report.inventory({
        facts: { ...describeStatus(status), ...describeInfo(info), update: found?.server ?? "" },
        lists: { appUpdates: found?.apps ?? [] },
      });
    });
  },
});

async function readUpdates(nextcloud: Nextcloud) {
  const { info } = await nextcloud.readInfo("&skipApps=false&skipUpdate=false", UPDATES_MS);
  const { apps, update } = info.nextcloud.system;
  const named =
    typeof apps?.app_updates === "object" && apps.app_updates !== null ? Object.entries(apps.app_updates) : [];
  return {
    available: update?.available ?? undefined,
    server: toLabel(update?.available_version ?? ""),
    count: apps?.num_updates_available,
    apps: named.slice(0, MAX_APPS).map(([app, version]) => ({ app: toLabel(app), version: toLabel(String(version)) })),
  };
}

const describeStatus = ({ versionstring, version, productname, edition }: Status) => ({
  product: toLabel(productname || "Nextcloud"),
  version: toLabel(versionstring || version || ""),
  ...(edition ? { edition: toLabel(edition) } : {}),
});

function describeInfo({ nextcloud: { system, storage }, server }: Info): Record<string, string | number> {
  return {
    webserver: toLabel(server?.webserver ?? ""),
    memcacheLocal: toLabel(system["memcache.local"]),
    memcacheDistributed: toLabel(system["memcache.distributed"]),
    memcacheLocking: toLabel(system["memcache.locking"]),
    debug: toLabel(system.debug),
    ...(storage?.num_disabled_users === undefined ? {} : { disabledUsers: storage.num_disabled_users }),
    ...(system.apps?.num_installed === undefined ? {} : { apps: system.apps.num_installed }),
    ...(server?.php?.upload_max_filesize === undefined ? {} : { uploadMaxBytes: server.php.upload_max_filesize }),
  };
}
