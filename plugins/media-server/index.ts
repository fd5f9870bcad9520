import { chart, definePlugin, meter, placeOf, table } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import { readJellyfin } from "./jellyfin";
import { metrics } from "./metrics";
import { readPlex } from "./plex";
import { reportServer } from "./report-server";

export default definePlugin({
  id: "media-server",
  name: "Media server",
  summary:
    "Streams and how they are sent, transcodes that do not keep up, libraries and updates: Plex, Jellyfin, Emby.",
  category: "media",
  tier: 2,
  kind: "network",
  needs: ["A token of Plex's owner, or an API key of Jellyfin or Emby"],
  intervalSeconds: 30,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("media_streams", "Playing", { where: { state: "playing" }, combine: "sum" }),
    meter("media_transcodes_software", "Transcodes by the processor", { warn: 1, bad: 3 }),
    meter("media_transcodes_hardware", "Transcodes by hardware"),
    meter("media_transcode_speed_ratio", "Slowest transcode", {
      combine: "min",
      max: 2,
      warn: 1.2,
      bad: 1,
      lowIsBad: true,
    }),
    meter("media_stream_bandwidth_bits_per_second", "To the outside", { where: { location: "wan" }, combine: "sum" }),
    meter("media_tasks_failed", "Failed tasks", { warn: 1 }),
    table({
      title: "Streams",
      by: "method",
      columns: [{ metric: "media_streams_by_method", title: "Streams" }],
    }),
    table({ title: "Items", by: "kind", columns: [{ metric: "media_library_items", title: "Items" }] }),
    table({
      title: "Libraries",
      by: "library",
      columns: [
        { metric: "media_library_items", title: "Items" },
        { metric: "media_library_scanning", title: "Scanning" },
        { metric: "media_library_free_bytes", title: "Space left" },
      ],
    }),
    chart("Streams by method", ["media_streams_by_method"], { stacked: true }),
    chart("Bandwidth", ["media_stream_bandwidth_bits_per_second"], { stacked: true }),
    chart("Transcodes", ["media_transcodes_hardware", "media_transcodes_software"], { stacked: true }),
    chart("Items", ["media_library_items"]),
    chart("Response time", ["media_response_duration_seconds"]),
  ],
  help: {
    auth: "Make a new token: see the README for each server. Plex's short-lived ones end after 7 days.",
    permission: "Use the token of the owner, or an API key that an administrator made.",
    not_found: "Check the type and the address, with the base path where one is set.",
    unreachable: "Check that the server runs and listens on this address.",
    tls: "Plex has a certificate for *.plex.direct only: use http:// in your own network, or a proxy's name.",
    timeout: "The server is overloaded: look at its transcodes and disks.",
    parse: "Check the type and the address: something else answered.",
    protocol: "Check the type and the address; through a proxy, that it passes everything on.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  async collect(context, report) {
    const { config: settings } = context;
    const server = await (settings.type === "plex" ? readPlex : readJellyfin)(context, report);
    reportServer(report, server, settings);
  },
});
