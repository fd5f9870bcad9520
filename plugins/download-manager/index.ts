import { chart, definePlugin, meter, placeOf, type Report, table } from "../sdk";
import { alerts } from "./alerts";
import { readAria2 } from "./aria2";
import { config, type Type } from "./config";
import { readDeluge } from "./deluge";
import { discover } from "./discover";
import { metrics } from "./metrics";
import { readNzbget } from "./nzbget";
import { readQbittorrent } from "./qbittorrent";
import { reportSnapshot } from "./report-snapshot";
import { readSabnzbd } from "./sabnzbd";
import type { Context, Snapshot } from "./snapshot";
import { readTransmission } from "./transmission";

const READERS: Readonly<Record<Type, (context: Context, report: Report<typeof metrics>) => Promise<Snapshot>>> = {
  qbittorrent: readQbittorrent,
  transmission: readTransmission,
  deluge: readDeluge,
  sabnzbd: readSabnzbd,
  nzbget: readNzbget,
  aria2: readAria2,
};

export default definePlugin({
  id: "download-manager",
  name: "Download manager",
  summary: "Speed, queue, stalled and failed items, and the space left: BitTorrent and Usenet programs.",
  category: "application",
  tier: 2,
  kind: "network",
  needs: ["The web interface or RPC of qBittorrent, Transmission, Deluge, SABnzbd, NZBGet or aria2, and its password"],
  intervalSeconds: 30,
  timeoutMs: 20_000,
  config,
  metrics,
  alerts,
  board: [
    meter("download_speed_bytes_per_second", "Download"),
    meter("download_queue_remaining_bytes", "Still to come"),
    meter("download_free_bytes", "Space left", {
      combine: "min",
      max: "download_capacity_bytes",
      warn: 20 * 1_024 ** 3,
      bad: 10 * 1_024 ** 3,
      lowIsBad: true,
    }),
    meter("download_items", "Errors", { where: { state: "error" }, combine: "sum", warn: 1 }),
    meter("download_items", "Stalled", { where: { state: "stalled" }, combine: "sum" }),
    meter("download_eta_seconds", "Time left"),
    table({ title: "Items", by: "state", columns: [{ metric: "download_items", title: "Items" }] }),
    table({
      title: "By name",
      by: "item",
      columns: [{ metric: "download_item_progress_ratio", title: "Done" }],
      limit: 50,
    }),
    chart("Speed", ["download_speed_bytes_per_second", "upload_speed_bytes_per_second"]),
    chart("Items by state", ["download_items"], { stacked: true }),
    chart("Space left", ["download_free_bytes"]),
    chart("Still to come", ["download_queue_remaining_bytes"]),
  ],
  help: {
    auth: "Check the user, password or key; each program has its own (see the README).",
    permission: "Let the address of this machine in, in the program's settings.",
    not_found: "Check the address and its path, and that the program's web interface or RPC is switched on.",
    unreachable:
      "Check that the program runs, and that its web interface listens on this address, not only on localhost.",
    timeout: "The program is overloaded or hangs: try its web interface.",
    parse: "Check the program's type and address: something else answered.",
    protocol: "Check the program's type and address; through a proxy, that it passes everything on.",
    tls: "Paste the CA's certificate into the TLS settings, or use http://.",
    rate_limited: "A proxy before the program refuses so many questions: raise the interval.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  async collect(context, report) {
    const snapshot = await READERS[context.config.type](context, report);
    reportSnapshot(report, snapshot, context.config);
  },
});
