import { z } from "zod";
import {
  type CollectContext,
  CollectError,
  chart,
  definePlugin,
  type HttpApi,
  holdOffLogin,
  meter,
  openApi,
  placeOf,
  type Report,
  table,
  toLabel,
} from "../sdk";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import { discover } from "./discover";
import { isWanted, parseStates } from "./entities";
import { metrics } from "./metrics";
import { reportStates } from "./report-states";
import { reportWatched } from "./watched";

/** A big home has 5,000 entities of 1 KiB each. */
const MAX_BYTES = 32 * 1_048_576;

const Hello = z.object({ message: z.string() });
/** Where the home is stands there too; that is nobody's business here. */
const Core = z.object({
  version: z.string().nullish(),
  location_name: z.string().nullish(),
  time_zone: z.string().nullish(),
  components: z.array(z.string()).nullish().catch(undefined),
  state: z.string().nullish(),
  safe_mode: z.boolean().nullish(),
  recovery_mode: z.boolean().nullish(),
});

export default definePlugin({
  id: "home-assistant",
  name: "Home Assistant",
  summary: "Entities that are unavailable, low batteries, alarms of sensors, automations and updates.",
  category: "iot",
  tier: 2,
  kind: "network",
  needs: ["A long-lived access token, made on the profile page"],
  intervalSeconds: 60,
  minIntervalSeconds: 10,
  timeoutMs: 30_000,
  config,
  metrics,
  alerts,
  board: [
    meter("homeassistant_unavailable_ratio", "Unavailable", { warn: 0.1, bad: 0.3 }),
    meter("homeassistant_batteries_low", "Low batteries", { warn: 1 }),
    meter("homeassistant_problems", "Problems", { combine: "sum", bad: 1 }),
    meter("homeassistant_updates_available", "Updates"),
    meter("homeassistant_persons_home", "At home"),
    table({
      title: "Batteries",
      by: "entity",
      columns: [{ metric: "homeassistant_battery_ratio", title: "Charge" }],
      sort: { metric: "homeassistant_battery_ratio", ascending: true },
    }),
    table({
      title: "Domains",
      by: "domain",
      columns: [
        { metric: "homeassistant_entities_unavailable", title: "Unavailable" },
        { metric: "homeassistant_entities_unknown", title: "Unknown" },
        { metric: "homeassistant_entities", title: "Entities" },
      ],
    }),
    table({
      title: "Automations",
      by: "automation",
      columns: [{ metric: "homeassistant_automation_last_triggered_timestamp_seconds", title: "Last run" }],
    }),
    chart("Charted entities", ["homeassistant_entity_value"]),
    chart("Unavailable", ["homeassistant_entities_unavailable"], { stacked: true }),
    chart("Batteries", ["homeassistant_battery_ratio"]),
    chart("Size of all states", ["homeassistant_states_response_bytes"]),
  ],
  help: {
    auth: "Make a new long-lived access token on your profile page, under Security, and paste it here.",
    permission: "This address may be banned: delete it from ip_bans.yaml of Home Assistant and restart it.",
    not_found: "Check the address and a path prefix; the integration api must be loaded, as default_config does.",
    unreachable: "Check that Home Assistant runs, and the port, mostly 8123.",
    dns: "homeassistant.local needs mDNS on this machine: use the IP address.",
    parse: "Check the address: another service, or a proxy's login page, may stand there.",
    protocol: "Behind a reverse proxy, Home Assistant needs use_x_forwarded_for and trusted_proxies.",
    timeout: "Home Assistant is overloaded or starting: look at its log.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  collect: (context, report) => holdOffLogin(context, () => collectHome(context, report)),
});

async function collectHome(context: CollectContext<Config>, report: Report<typeof metrics>): Promise<void> {
  const { url, token, tls, headers } = context.config;
  const api = openApi(context, {
    url,
    tls,
    headers: { ...headers, authorization: `Bearer ${token}` },
    maxBytes: MAX_BYTES,
  });
  // Says whether the token is good, also for an account that may see little.
  await api.read(Hello, "/api/");
  const core = await readCore(context, api, report);
  if (core) reportCore(report, core);

  const answer = await api.ask("/api/states");
  report("homeassistant_states_response_bytes", Buffer.byteLength(answer.body));
  const { entities, malformed } = parseStates(readJson(answer.body));
  if (malformed > 0) report.partial("parse", `${malformed} states make no sense.`);
  const wanted = entities.filter((entity) => isWanted(entity, context.config));
  const { truncated, updates, batteries } = reportStates(context, report, wanted);
  reportWatched(context, report, entities);
  report("homeassistant_items_truncated", truncated ? 1 : 0);
  report.inventory({
    facts: {
      version: toLabel(core?.version ?? ""),
      locationName: toLabel(core?.location_name ?? ""),
      timeZone: toLabel(core?.time_zone ?? ""),
      state: toLabel(core?.state ?? ""),
      recoveryMode: core?.recovery_mode ?? core?.safe_mode ?? false,
      entities: entities.length,
    },
    lists: { lowBatteries: batteries, updates },
  });
}

/** The token is good by now, so a refusal here is about what its user may see. */
async function readCore(context: CollectContext<Config>, api: HttpApi, report: Report<typeof metrics>) {
  try {
    return await api.read(Core, "/api/config");
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    report.partial(error.reason === "auth" ? "permission" : error.reason, error.message);
    return undefined;
  }
}

function reportCore(report: Report<typeof metrics>, core: z.output<typeof Core>): void {
  const { version, location_name: name, components, state, recovery_mode: recovery, safe_mode: safe } = core;
  report("homeassistant_info", 1, { version: toLabel(version ?? ""), location_name: toLabel(name ?? "") });
  if (components) report("homeassistant_components", components.length);
  if (state) report("homeassistant_running", state === "RUNNING" && !recovery && !safe ? 1 : 0);
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new CollectError("parse", "The list of states is not JSON.", { cause: error });
  }
}
