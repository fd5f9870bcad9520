import { chart, definePlugin, meter, placeOf, table } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import { readImmich } from "./immich";
import { metrics } from "./metrics";
import { readPhotoprism } from "./photoprism";

export default definePlugin({
  id: "photo-manager",
  name: "Photo manager",
  summary: "How a photo library grows, the jobs that wait or fail, and the space left: Immich, PhotoPrism.",
  category: "media",
  tier: 3,
  kind: "network",
  needs: ["An administrator's API key of Immich, or an app password of PhotoPrism"],
  intervalSeconds: 60,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("photos_disk_used_ratio", "Disk", { warn: 0.8, bad: 0.9 }),
    meter("photos_assets", "Photos", { where: { kind: "photo" }, combine: "sum" }),
    meter("photos_assets", "Videos", { where: { kind: "video" }, combine: "sum" }),
    meter("photos_usage_bytes", "Originals", { combine: "sum" }),
    meter("photos_jobs_failed", "Failed jobs", { combine: "sum", warn: 1 }),
    meter("photos_jobs", "Waiting jobs", { where: { state: "waiting" }, combine: "sum", warn: 1_000 }),
    table({
      title: "Queues",
      by: "queue",
      columns: [
        { metric: "photos_jobs_failed", title: "Failed" },
        { metric: "photos_jobs", title: "Jobs" },
        { metric: "photos_queue_paused", title: "Paused" },
      ],
    }),
    table({
      title: "Users",
      by: "user",
      columns: [
        { metric: "photos_user_usage_bytes", title: "Space" },
        { metric: "photos_user_quota_bytes", title: "Limit" },
        { metric: "photos_user_assets", title: "Photos and videos" },
      ],
    }),
    chart("Photos and videos", ["photos_assets"], { stacked: true }),
    chart("Originals", ["photos_usage_bytes"], { stacked: true }),
    chart("Waiting jobs", ["photos_jobs"], { where: { state: "waiting" }, stacked: true }),
    chart("Space left", ["photos_disk_free_bytes"]),
    chart("Response time", ["photos_response_duration_seconds"]),
  ],
  help: {
    auth: "Make a new API key or app password: see the README.",
    permission: "Give the key the permissions named in the README; Immich's statistics want an administrator's.",
    not_found: "Check the type and the address.",
    unreachable: "Check that the program runs; behind a proxy, that the proxy reaches it.",
    timeout: "The program is busy: look at its jobs and its database.",
    parse: "Check the type and the address: something else answered.",
    protocol: "Check the type and the address; through a proxy, that it passes everything on.",
    rate_limited: "A proxy refuses so many questions: raise the interval.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  async collect(context, report) {
    const { type } = context.config;
    const facts = await (type === "immich" ? readImmich : readPhotoprism)(context, report);
    report.inventory({ facts: { type, ...facts } });
  },
});
