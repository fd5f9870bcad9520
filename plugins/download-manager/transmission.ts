import { z } from "zod";
import { type Report, readPart } from "../sdk";
import type { metrics } from "./metrics";
import { amount, flag, known, text } from "./parse";
import { type Context, type Disk, type Item, type Snapshot, STATES, type State } from "./snapshot";
import { openTransmission, type TransmissionRpc } from "./transmission-rpc";

const Session = z.object({
  version: z.string(),
  rpc_version: amount,
  rpc_version_semver: text,
  download_dir: text,
  incomplete_dir: text,
  incomplete_dir_enabled: flag,
  alt_speed_enabled: flag,
});
const Bytes = z.object({ downloaded_bytes: amount, uploaded_bytes: amount }).nullish();
const Stats = z.object({
  download_speed: amount,
  upload_speed: amount,
  cumulative_stats: Bytes,
  current_stats: Bytes,
});
const Torrent = z.object({
  id: amount,
  hash_string: text,
  name: text,
  status: amount,
  error: amount,
  is_stalled: flag,
  percent_done: amount,
  left_until_done: amount,
  peers_connected: amount,
});
const FIELDS = Object.keys(Torrent.shape);
const Torrents = z.object({ torrents: z.array(Torrent) });
const Space = z.object({ size_bytes: amount, total_size: amount });

/** Transmission from 2.80 on. */
export async function readTransmission(context: Context, report: Report<typeof metrics>): Promise<Snapshot> {
  const rpc = openTransmission(context);
  const session = await askSession(rpc);
  const stats = await rpc.call(Stats, "session_stats");
  const { torrents } = await rpc.call(Torrents, "torrent_get", { fields: FIELDS });
  const total = stats.cumulative_stats ?? stats.current_stats;
  const peers = torrents.flatMap(({ peers_connected }) => peers_connected ?? []);
  const sent = known(total?.uploaded_bytes);
  const received = known(total?.downloaded_bytes);
  return {
    version: session.version.replace(/ \(.*$/, ""),
    states: STATES,
    items: torrents.map(describeTorrent),
    downloadSpeed: stats.download_speed,
    uploadSpeed: stats.upload_speed,
    downloadedBytes: received,
    uploadedBytes: sent,
    disks: (await readPart(context, report, () => readDisks(rpc, session))) ?? [],
    peers: peers.reduce((sum, count) => sum + count, 0),
    ratio: received && sent !== undefined ? sent / received : undefined,
    warnings: torrents.filter(({ error }) => error === 1).length,
    facts: {
      ...(session.rpc_version === undefined ? {} : { rpcVersion: session.rpc_version }),
      ...(session.alt_speed_enabled === undefined ? {} : { alternativeSpeedLimits: session.alt_speed_enabled }),
    },
  };
}

/** Asks in the old words, which are known until 5.0, and changes to the new ones where the daemon has them. */
async function askSession(rpc: TransmissionRpc): Promise<z.output<typeof Session>> {
  const session = await rpc.call(Session, "session_get");
  if (Number.parseInt(session.rpc_version_semver, 10) >= 6) rpc.speakNew();
  return session;
}

async function readDisks(rpc: TransmissionRpc, session: z.output<typeof Session>): Promise<Disk[]> {
  const paths = [session.download_dir, session.incomplete_dir_enabled ? session.incomplete_dir : ""];
  const disks: Disk[] = [];
  for (const path of new Set(paths.filter((path) => path !== ""))) {
    const { size_bytes, total_size } = await rpc.call(Space, "free_space", { path });
    const freeBytes = known(size_bytes);
    if (freeBytes !== undefined) disks.push({ path, freeBytes, capacityBytes: known(total_size) || undefined });
  }
  return disks;
}

function describeTorrent(torrent: z.output<typeof Torrent>): Item {
  return {
    id: torrent.hash_string || String(torrent.id ?? ""),
    name: torrent.name,
    state: stateOf(torrent),
    progress: torrent.percent_done,
    remainingBytes: torrent.left_until_done,
  };
}

function stateOf({ status, error, is_stalled, percent_done }: z.output<typeof Torrent>): State {
  // 1 is a tracker's warning; 2 its error, 3 one of the own disk.
  if (error === 2 || error === 3) return "error";
  switch (status) {
    case 0:
      return percent_done === 1 ? "completed" : "paused";
    case 1:
    case 2:
      return "checking";
    case 3:
    case 5:
      return "queued";
    case 4:
      return is_stalled ? "stalled" : "downloading";
    case 6:
      return "seeding";
    default:
      return "other";
  }
}
