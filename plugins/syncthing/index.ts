import { chart, definePlugin, meter, placeOf, states, table } from "../sdk";
import { alerts } from "./alerts";
import { openSyncthing } from "./api";
import { config } from "./config";
import { readDevices } from "./devices";
import { discover } from "./discover";
import { readFolders } from "./folders";
import { metrics } from "./metrics";
import { readSystem } from "./system";

export default definePlugin({
  id: "syncthing",
  name: "Syncthing",
  summary: "Folders that are not in sync or have errors, and devices that have not been seen for long.",
  category: "storage",
  tier: 3,
  kind: "network",
  needs: ["Syncthing's API key"],
  intervalSeconds: 60,
  // Less than the interval, and enough for big folders on a slow disk.
  timeoutMs: 45_000,
  config,
  metrics,
  alerts,
  board: [
    meter("syncthing_folder_completion_ratio", "In sync", { combine: "min", warn: 0.9999, bad: 0.5, lowIsBad: true }),
    meter("syncthing_folder_need_bytes", "Still to come", { combine: "sum" }),
    meter("syncthing_folder_pull_errors", "Items with an error", { combine: "sum", warn: 1 }),
    meter("syncthing_devices", "Devices connected", { where: { state: "connected" }, combine: "sum" }),
    meter("syncthing_errors", "Errors shown", { warn: 1 }),
    states("syncthing_device_connected", "Devices", "device"),
    table({
      title: "Folders",
      by: "folder",
      columns: [
        { metric: "syncthing_folder_completion_ratio", title: "In sync" },
        { metric: "syncthing_folder_need_bytes", title: "Still to come" },
        { metric: "syncthing_folder_pull_errors", title: "Errors" },
        { metric: "syncthing_folder_global_bytes", title: "Size" },
        { metric: "syncthing_folder_last_scan_timestamp_seconds", title: "Last scan" },
      ],
      sort: { metric: "syncthing_folder_completion_ratio", ascending: true },
    }),
    table({
      title: "Devices",
      by: "device",
      columns: [
        { metric: "syncthing_device_connected", title: "Connected" },
        { metric: "syncthing_device_completion_ratio", title: "In sync" },
        { metric: "syncthing_device_last_seen_timestamp_seconds", title: "Last seen" },
        { metric: "syncthing_device_relayed", title: "Relayed" },
      ],
      sort: { metric: "syncthing_device_connected", ascending: true },
    }),
    chart("Received", ["syncthing_received_bytes_total"]),
    chart("Sent", ["syncthing_sent_bytes_total"]),
    chart("Still to come", ["syncthing_folder_need_bytes"]),
    chart("Size", ["syncthing_folder_global_bytes"]),
    states("syncthing_listener_ok", "Listens", "listener"),
    states("syncthing_discovery_ok", "Discovery", "method"),
  ],
  help: {
    auth: "Copy the API key from Actions > Settings > General.",
    permission: "Ask Syncthing by localhost or its IP address, or switch on insecureSkipHostcheck.",
    unreachable: "Check that Syncthing runs; its web interface listens on 127.0.0.1 only, unless set otherwise.",
    tls: "Syncthing makes its own certificate: paste https-cert.pem from its folder into the TLS settings.",
    not_found: "Check the address; Syncthing before 1.12 is too old.",
    timeout: "Syncthing is busy: raise the interval of folders.",
    parse: "Check the address: something else answered.",
    protocol: "Check the address; for an interface with TLS write https://.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  async collect(context, report) {
    const { ask, checkHealth } = openSyncthing(context);
    await checkHealth();
    const { ownId, facts } = await readSystem(context, ask, report);
    const devices = await readDevices(context, ask, ownId, report);
    const folders = await readFolders(context, ask, report);
    report.inventory({ facts: { ...facts, id: ownId.slice(0, 7) }, lists: { folders, devices } });
  },
});
