import { toLabel } from "../sdk";
import type { Config } from "./config";
import type { Reported, Server, Stream } from "./server";

/** More streams than this are listed by nobody. */
const MAX_LISTED = 100;

/** Turns what a server said into readings. */
export function reportServer(report: Reported, server: Server, config: Config): void {
  const { streams } = server;
  const version = toLabel(server.version);
  const platform = toLabel(server.platform);
  report("media_info", 1, { type: config.type, version, platform });
  report("media_response_duration_seconds", server.responseSeconds);
  reportStreams(report, streams, config);
  if (server.sessions !== undefined) report("media_sessions", server.sessions);
  if (server.updateAvailable !== undefined) report("media_update_available", server.updateAvailable ? 1 : 0);
  if (server.restartPending !== undefined) report("media_restart_pending", server.restartPending ? 1 : 0);
  if (server.tasksFailed) report("media_tasks_failed", server.tasksFailed.length);

  const failed = (server.tasksFailed ?? []).slice(0, MAX_LISTED).map((task) => ({ task: toLabel(task) }));
  report.inventory({
    facts: { type: config.type, name: toLabel(server.name), version, platform },
    lists: {
      ...(failed.length > 0 ? { failedTasks: failed } : {}),
      // Who watches what is told only where that was asked for.
      ...(config.perStream ? { streams: streams.slice(0, MAX_LISTED).map(describeStream) } : {}),
    },
  });
}

function reportStreams(report: Reported, streams: readonly Stream[], { type, hardwareExpected }: Config): void {
  const countOf = (isOne: (stream: Stream) => boolean) => streams.filter(isOne).length;
  for (const state of ["playing", "paused"] as const)
    report(
      "media_streams",
      countOf((stream) => stream.state === state),
      { state },
    );
  for (const method of ["direct_play", "direct_stream", "transcode"] as const)
    report(
      "media_streams_by_method",
      countOf((stream) => stream.method === method),
      { method },
    );
  const software = countOf(({ videoBy }) => videoBy === "software");
  report(
    "media_transcodes_hardware",
    countOf(({ videoBy }) => videoBy === "hardware"),
  );
  report("media_transcodes_software", software);
  if (hardwareExpected) report("media_software_fallbacks", software);

  const speeds = streams.flatMap(({ speed, state }) => (speed === undefined || state === "paused" ? [] : [speed]));
  if (speeds.length > 0) report("media_transcode_speed_ratio", Math.min(...speeds));
  for (const location of ["lan", "wan"] as const) {
    const told = streams.filter((stream) => stream.location === location);
    const known = told.flatMap(({ bitsPerSecond }) => bitsPerSecond ?? []);
    // Plex tells it of every stream; where others do not, the sum is not known.
    if (type === "plex" || known.length > 0 || told.length === 0)
      report(
        "media_stream_bandwidth_bits_per_second",
        known.reduce((sum, bits) => sum + bits, 0),
        { location },
      );
  }
}

const describeStream = ({ user, title, device, state, method, videoBy, bitsPerSecond, location }: Stream) => ({
  user: toLabel(user),
  title: toLabel(title),
  device: toLabel(device),
  state,
  method,
  transcodedBy: videoBy ?? null,
  bitsPerSecond: bitsPerSecond ?? null,
  location,
});
