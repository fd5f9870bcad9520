import {
  type CollectContext,
  CollectError,
  chart,
  definePlugin,
  type HttpApi,
  meter,
  openApi,
  type Report,
  readPartEvery,
  states,
  table,
} from "../sdk";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import { discover } from "./discover";
import { metrics, UPDATE_SECONDS } from "./metrics";
import { readDatabase } from "./read-database";
import { readSetup } from "./read-setup";
import { reportCertificates } from "./report-certificates";
import { reportHosts } from "./report-hosts";
import { type AskNpm, openSession } from "./session";
import { type Setup, Status, Update } from "./shapes";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

/** Lists with hundreds of hosts and their certificates have some hundred KiB. */
const MAX_BYTES = 8 * 1_024 * 1_024;

export default definePlugin({
  id: "nginx-proxy-manager",
  name: "Nginx Proxy Manager",
  summary: "Hosts that nginx refuses, certificates that expire or that nobody uses, and whether the admin API answers.",
  category: "network",
  tier: 0,
  kind: "network",
  needs: ["A user without two-factor login; one that may only view is enough"],
  intervalSeconds: 60,
  config,
  metrics,
  alerts,
  board: [
    meter("npm_hosts_config_error", "Refused hosts", { warn: 1, bad: 1 }),
    meter("npm_certificate_remaining_seconds", "Next certificate", {
      combine: "min",
      warn: 20 * 86_400,
      bad: 7 * 86_400,
      lowIsBad: true,
    }),
    meter("npm_hosts_without_tls", "Without TLS", { warn: 1 }),
    meter("npm_api_up", "API", { combine: "min", warn: 1, bad: 0.5, lowIsBad: true }),
    states("npm_host_online", "Hosts", "domain"),
    table({
      title: "Certificates",
      by: "certificate",
      columns: [
        { metric: "npm_certificate_remaining_seconds", title: "Left" },
        { metric: "npm_certificate_unused", title: "Unused" },
      ],
      sort: { metric: "npm_certificate_remaining_seconds", ascending: true },
      limit: 50,
    }),
    chart("Hosts", ["npm_hosts"], { stacked: true }),
    chart("Time to answer", ["npm_response_duration_seconds"]),
  ],
  help: {
    auth: "Check the user's e-mail address and password; a user with two-factor login does not work.",
    permission: "Let the user view hosts, streams and certificates: Users, Edit permissions.",
    unreachable: "Check the address: the admin page is on port 81 unless it was changed.",
    timeout: "Check the address, and that the machine is not overloaded.",
    not_found: "Check the address, which is that of the admin page, and the path of the database.",
    parse: "Something else answers there: the admin page is on port 81 unless it was changed.",
    protocol: "Something else answers there: the admin page is on port 81 unless it was changed.",
    tls: "Paste the private CA into the TLS settings.",
    rate_limited: "A rate limit stands before the admin page: leave this machine out of it.",
  },
  discover,
  target: ({ url }) => new URL(url).host,
  async collect(context, report) {
    const { url, headers, tls, databasePath, maxItems } = context.config;
    const api = openApi(context, { url, headers, tls, maxBytes: MAX_BYTES });
    let facts: Record<string, string | boolean> = {};
    let setup: Setup;
    try {
      facts = await readStatus(api, report);
      setup = await readApi(context, api, report);
    } catch (error) {
      if (databasePath === undefined || context.signal.aborted || !(error instanceof CollectError)) throw error;
      // Without a login the database is all there is to be had, which is no fault.
      if (hasLogin(context.config) || error.reason !== "auth") report.partial(error.reason, error.message);
      setup = await readDatabase(context, databasePath);
    }
    const hosts = reportHosts(report, setup, maxItems);
    const certificates = reportCertificates(context, report, setup);
    report("npm_items_truncated", hosts.truncated || certificates.truncated ? 1 : 0);
    report.inventory({ facts, lists: { hosts: hosts.rows, certificates: certificates.rows } });
  },
});

const hasLogin = ({ username, token }: Config) => username !== undefined || token !== undefined;

/** Asked without a login. @throws CollectError after it was reported that the API is not well */
async function readStatus(api: HttpApi, report: Reported): Promise<Record<string, string | boolean>> {
  let isUp = false;
  try {
    const started = await api.ask("/api/");
    const status = Status.safeParse(jsonOf(started.body));
    if (!status.success)
      throw new CollectError("parse", `${api.base}/api/ does not answer as the Nginx Proxy Manager does.`);
    isUp = status.data.status === "OK";
    report("npm_response_duration_seconds", started.timings.total / 1_000);
    const { version, setup } = status.data;
    const text = version ? `${version.major}.${version.minor}.${version.revision}` : "";
    report("npm_info", 1, { version: text });
    return { ...(text === "" ? {} : { version: text }), ...(typeof setup === "boolean" ? { setUp: setup } : {}) };
  } finally {
    report("npm_api_up", isUp ? 1 : 0);
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // Then it has no shape at all, which is told as such.
  }
}

async function readApi(context: Context, api: HttpApi, report: Reported): Promise<Setup> {
  if (!hasLogin(context.config)) throw new CollectError("auth", "No login was given.");
  const ask = await openSession(context, api).catch((error: unknown) => {
    if (error instanceof CollectError && error.reason === "auth") report("npm_login_ok", 0);
    throw error;
  });
  report("npm_login_ok", 1);
  const setup = await readSetup(context, report, ask);
  await readPartEvery(context, report, { key: "update", seconds: UPDATE_SECONDS }, () => reportUpdate(ask, report));
  return setup;
}

async function reportUpdate(ask: AskNpm, report: Reported): Promise<void> {
  try {
    const { update_available } = await ask("/api/version/check", Update);
    report("npm_update_available", update_available ? 1 : 0);
  } catch (error) {
    // Older versions do not have it.
    if (!(error instanceof CollectError && error.reason === "not_found")) throw error;
  }
}
