import { type CollectContext, CollectError, openApi, parseSamples, placeOf, type Sample } from "../sdk";
import type { Config } from "./config";
import type { Mesh } from "./mesh";

const MAX_BYTES = 2 * 1_024 * 1_024;
/** Namespace and subsystem stand before these, as the settings say. */
const WANTED = ["hostmap_main_hosts", "handshake_manager_timed_out", "certificate_ttl_seconds", "info"];

/** Nebula's statistics (`stats: {type: prometheus}`): it tells of no peer by name. */
export async function readNebula(context: CollectContext<Config>): Promise<Mesh> {
  const { url = "", tls } = context.config;
  const api = openApi(context, { url, tls, maxBytes: MAX_BYTES, headers: { accept: "text/plain" } });
  const { body } = await api.ask("");
  const samples = parseSamples(body, placeOf(url), (name) => WANTED.some((end) => endsWith(name, end)));
  const hosts = numberOf(samples, "hostmap_main_hosts");
  const version = samples.find(({ name, labels }) => endsWith(name, "info") && labels.goversion !== undefined);
  if (hosts === undefined && !version)
    throw new CollectError("parse", `${placeOf(url)} answered with metrics that are not Nebula's.`, {
      hint: "Check the address: it is stats.listen and stats.path of Nebula's settings.",
    });
  return {
    // A tunnel to a lighthouse is always kept. Just after its start Nebula has not counted yet.
    online: hosts === undefined ? undefined : hosts > 0,
    state: hosts === undefined ? "starting" : hosts > 0 ? "connected" : "alone",
    version: version?.labels.version ?? "",
    self: "",
    peersOnline: hosts,
    handshakeTimeouts: numberOf(samples, "handshake_manager_timed_out"),
    certificateTtlSeconds: numberOf(samples, "certificate_ttl_seconds"),
  };
}

const endsWith = (name: string, end: string) => name === end || name.endsWith(`_${end}`);
const numberOf = (samples: readonly Sample[], end: string) => samples.find(({ name }) => endsWith(name, end))?.value;
