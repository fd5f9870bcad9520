import { z } from "zod";
import { CollectError, type HttpAnswer, holdOffLogin, openApi, parseAnswer } from "../sdk";
import { cookiesOf } from "./cookies";
import { amount, flag, known, text } from "./parse";
import { type Context, type Item, type Snapshot, STATES, type State } from "./snapshot";

/** A thousand torrents are a little over a megabyte. */
const MAX_BYTES = 32 * 1_024 * 1_024;
/** The type of a login form. */
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const NO_LOGIN = "qBittorrent wants a user and password; from 5.2 on an API key does as well.";

const Torrent = z.object({ name: text, state: text, progress: amount, amount_left: amount });
const MainData = z.object({
  torrents: z.record(z.string(), Torrent).nullish(),
  server_state: z.object({
    connection_status: text,
    dl_info_speed: amount,
    up_info_speed: amount,
    dl_info_data: amount,
    up_info_data: amount,
    alltime_dl: amount,
    alltime_ul: amount,
    dht_nodes: amount,
    free_space_on_disk: amount,
    global_ratio: amount,
    total_peer_connections: amount,
    use_alt_speed_limits: flag,
  }),
});

/** qBittorrent from 4.1 on: WebAPI 2.0 to 2.16. Its wiki, "WebUI API". */
export async function readQbittorrent(context: Context): Promise<Snapshot> {
  const ask = await openSession(context);
  const version = (await ask("/api/v2/app/version")).body.trim();
  if (!/^v?\d+\.\d+/.test(version))
    throw new CollectError("parse", "What answered at the address is not qBittorrent.", {
      hint: "Check the address: a login page or another service may stand there.",
    });
  const savePath = (await ask("/api/v2/app/defaultSavePath", [404])).body.trim();
  const { torrents, server_state: server } = parseAnswer(MainData, await ask("/api/v2/sync/maindata?rid=0"));
  const free = known(server.free_space_on_disk);
  return {
    version: version.replace(/^v/, ""),
    states: STATES,
    items: Object.entries(torrents ?? {}).map(([id, torrent]) => describeTorrent(id, torrent)),
    downloadSpeed: server.dl_info_speed,
    uploadSpeed: server.up_info_speed,
    downloadedBytes: server.alltime_dl ?? server.dl_info_data,
    uploadedBytes: server.alltime_ul ?? server.up_info_data,
    disks: free === undefined ? [] : [{ path: savePath || "default", freeBytes: free, capacityBytes: undefined }],
    connectionOk: server.connection_status === "" ? undefined : server.connection_status === "connected",
    peers: server.total_peer_connections,
    dhtNodes: server.dht_nodes,
    ratio: server.global_ratio,
    facts: {
      connection: server.connection_status,
      ...(server.use_alt_speed_limits === undefined ? {} : { alternativeSpeedLimits: server.use_alt_speed_limits }),
    },
  };
}

type Ask = (path: string, accept?: readonly number[]) => Promise<HttpAnswer>;

/** A cookie lasts an hour of use, so it is kept: each login would leave a session behind. */
async function openSession(context: Context): Promise<Ask> {
  const { config, memory } = context;
  const { url, username, password, apiKey, tls, headers } = config;
  const bearer: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const hint = apiKey === undefined ? NO_LOGIN : "Check the API key: Options > Web UI.";
  const api = openApi(context, {
    url,
    tls,
    maxBytes: MAX_BYTES,
    headers: { ...headers, ...bearer },
    refusals: { 401: { reason: "auth", hint }, 403: { reason: "auth", hint } },
  });
  const login = async (): Promise<string> => {
    const origin = new URL(api.base).origin;
    const answer = await api.ask("/api/v2/auth/login", {
      method: "POST",
      headers: { ...FORM, referer: `${api.base}/`, origin },
      body: new URLSearchParams({ username: username ?? "", password: password ?? "" }).toString(),
      accept: [401, 403],
    });
    if (answer.status === 403)
      throw new CollectError("auth", "qBittorrent has locked this address out after too many wrong passwords.", {
        hint: "Correct the password, and wait or restart qBittorrent.",
      });
    // Until WebAPI 2.14 a wrong password is answered 200 and this word.
    if (answer.status === 401 || answer.body.trim() === "Fails.")
      throw new CollectError("auth", "qBittorrent did not accept the user and password.");
    // None is set where the address may come in without a login.
    const cookie = cookiesOf(answer);
    memory.keep("cookie", cookie);
    return cookie;
  };

  const withLogin = apiKey === undefined && (username !== undefined || password !== undefined);
  let cookie = withLogin ? (memory.recall<string>("cookie")?.value ?? (await holdOffLogin(context, login))) : "";
  return async (path, accept = []) => {
    const askOnce = (also: readonly number[]) =>
      api.ask(path, { headers: cookie === "" ? {} : { cookie }, accept: [...accept, ...also] });
    if (!withLogin) return askOnce([]);
    const answer = await askOnce([401, 403]);
    if (answer.status !== 401 && answer.status !== 403) return answer;
    cookie = await holdOffLogin(context, login);
    return askOnce([]);
  };
}

/** The states of 4.x and 5.x; "paused" became "stopped" in 5. */
const STATES_OF: Readonly<Record<string, State>> = {
  error: "error",
  missingFiles: "error",
  uploading: "seeding",
  forcedUP: "seeding",
  stalledUP: "seeding",
  stoppedUP: "completed",
  pausedUP: "completed",
  queuedUP: "queued",
  queuedDL: "queued",
  checkingUP: "checking",
  checkingDL: "checking",
  checkingResumeData: "checking",
  moving: "checking",
  allocating: "checking",
  downloading: "downloading",
  forcedDL: "downloading",
  metaDL: "downloading",
  forcedMetaDL: "downloading",
  stoppedDL: "paused",
  pausedDL: "paused",
  stalledDL: "stalled",
};

function describeTorrent(id: string, { name, state, progress, amount_left }: z.output<typeof Torrent>): Item {
  const known = Object.hasOwn(STATES_OF, state) ? STATES_OF[state] : undefined;
  return { id, name, state: known ?? "other", progress, remainingBytes: amount_left };
}
