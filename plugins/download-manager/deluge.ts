import { z } from "zod";
import { CollectError, type Report, readPart } from "../sdk";
import { type Call, openDeluge } from "./deluge-rpc";
import type { metrics } from "./metrics";
import { amount, known, text } from "./parse";
import { type Context, type Disk, type Item, type Snapshot, STATES, type State } from "./snapshot";

const Torrent = z.object({
  name: text,
  state: text,
  progress: amount,
  total_wanted: amount,
  total_done: amount,
  download_payload_rate: amount,
});
const FIELDS = Object.keys(Torrent.shape);
const View = z.object({
  connected: z.boolean(),
  torrents: z.record(z.string(), Torrent).nullish(),
  stats: z.object({ download_rate: amount, upload_rate: amount, dht_nodes: amount, free_space: amount }).nullish(),
});
type View = z.output<typeof View>;
const Host = z.tuple([z.string(), z.string()]).rest(z.unknown());
/** The old names, which 2 knows as well. */
const Session = z.object({ total_payload_download: amount, total_payload_upload: amount, num_peers: amount });
const SESSION_KEYS = Object.keys(Session.shape);
const Location = z.object({ download_location: text });

/** Deluge 1.3 and 2, through its web interface. */
export async function readDeluge(context: Context, report: Report<typeof metrics>): Promise<Snapshot> {
  const call = await openDeluge(context);
  const view = await readView(call);
  const session = await readPart(context, report, () => call(Session, "core.get_session_status", [SESSION_KEYS]));
  const paused = await readPart(context, report, () => call(z.boolean(), "core.is_session_paused"));
  return {
    version: await readVersion(call),
    states: STATES,
    items: Object.entries(view.torrents ?? {}).map(([id, torrent]) => describeTorrent(id, torrent)),
    downloadSpeed: view.stats?.download_rate,
    uploadSpeed: view.stats?.upload_rate,
    downloadedBytes: session?.total_payload_download,
    uploadedBytes: session?.total_payload_upload,
    disks: (await readPart(context, report, () => readDisks(call, view))) ?? [],
    paused,
    peers: session?.num_peers,
    dhtNodes: view.stats?.dht_nodes,
  };
}

/** The web interface may have lost its daemon: then it is told to connect to the first one it knows, as a person would. */
async function readView(call: Call): Promise<View> {
  const view = await call(View, "web.update_ui", [FIELDS, {}]);
  if (view.connected) return view;
  const [host] = await call(z.array(Host), "web.get_hosts");
  if (!host) throw noDaemon("Deluge's web interface knows no daemon.");
  const refused = await call(z.unknown(), "web.connect", [host[0]]).catch((error: unknown) => {
    if (error instanceof CollectError && error.reason === "protocol") return error;
    throw error;
  });
  const again = await call(View, "web.update_ui", [FIELDS, {}]);
  if (again.connected) return again;
  throw noDaemon("Deluge's web interface does not reach its daemon.", refused);
}

const noDaemon = (message: string, cause?: unknown) =>
  new CollectError("unreachable", message, {
    hint: "Check that deluged runs, and in the web interface's connection manager that it is online.",
    cause,
  });

async function readVersion(call: Call): Promise<string> {
  const ask = (method: string) =>
    call(z.string(), method).catch((error: unknown) => {
      // 1.3 has another name for it.
      if (error instanceof CollectError && error.reason === "protocol") return undefined;
      throw error;
    });
  return (await ask("daemon.get_version")) ?? (await ask("daemon.info")) ?? "";
}

async function readDisks(call: Call, { stats }: View): Promise<Disk[]> {
  const { download_location: path } = await call(Location, "core.get_config_values", [["download_location"]]);
  const freeBytes = known(stats?.free_space) ?? known(await call(amount, "core.get_free_space"));
  return freeBytes === undefined ? [] : [{ path: path || "default", freeBytes, capacityBytes: undefined }];
}

function describeTorrent(id: string, torrent: z.output<typeof Torrent>): Item {
  const { name, progress, total_wanted, total_done } = torrent;
  const remaining = total_wanted === undefined || total_done === undefined ? undefined : total_wanted - total_done;
  return {
    id,
    name,
    state: stateOf(torrent),
    progress: progress === undefined ? undefined : progress / 100,
    remainingBytes: remaining,
  };
}

function stateOf({ state, progress, download_payload_rate }: z.output<typeof Torrent>): State {
  switch (state) {
    case "Downloading":
      return download_payload_rate === 0 ? "stalled" : "downloading";
    case "Seeding":
      return "seeding";
    case "Queued":
      return "queued";
    case "Paused":
      return progress === 100 ? "completed" : "paused";
    case "Allocating":
    case "Checking":
    case "Moving":
      return "checking";
    case "Error":
      return "error";
    default:
      return "other";
  }
}
