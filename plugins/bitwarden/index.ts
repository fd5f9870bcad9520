import { CollectError, chart, definePlugin, meter, openApi, readPart, states } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import { metrics } from "./metrics";
import { readAlive } from "./read-alive";
import { readServer } from "./read-server";
import { readServices, readWebVault } from "./read-services";
import { readUsers } from "./read-users";

const DATABASE_HINT = "The server runs and cannot use its database: see its log, and whether the disk is full.";

export default definePlugin({
  id: "bitwarden",
  name: "Bitwarden / Vaultwarden",
  summary: "Whether the vault answers and can use its database, its clock, open sign-ups, and its accounts.",
  category: "security",
  tier: 3,
  kind: "network",
  needs: ["For the numbers of users: Vaultwarden's admin token"],
  intervalSeconds: 60,
  config,
  metrics,
  alerts,
  board: [
    meter("vault_alive", "Alive", { combine: "min", warn: 1, bad: 0.5, lowIsBad: true }),
    meter("vault_alive_duration_seconds", "Answers in", { warn: 1, bad: 3 }),
    meter("vault_users", "Accounts", { where: { state: "enabled" } }),
    meter("vault_users_two_factor", "With two factors"),
    meter("vault_web_vault_up", "Web vault", { combine: "min", warn: 1, bad: 0.5, lowIsBad: true }),
    meter("vault_certificate_expiry_timestamp_seconds", "Certificate until", { combine: "min" }),
    states("vault_api_up", "Parts", "service"),
    chart("Time to answer", ["vault_alive_duration_seconds"]),
    chart("Accounts", ["vault_users", "vault_users_two_factor", "vault_users_inactive"]),
    chart("Clock", ["vault_clock_skew_seconds"]),
  ],
  help: {
    auth: "Check the admin token; a login page in front of the vault needs its own header.",
    permission: "A proxy in front of the vault forbids it: allow this machine.",
    not_found: "Check the address: it is that of the web vault, with its path if it has one.",
    unreachable: "Check the address, that the server runs, and that it can use its database.",
    timeout: "Check the address; a server that waits for its database does not answer.",
    parse: "Something else answers there: check the address, and whether a login page stands in front.",
    protocol: "Something else answers there: check the address, and whether a login page stands in front.",
    tls: "Paste the private CA into the TLS settings.",
    rate_limited: "Vaultwarden allows three admin logins in five minutes. It works again by itself.",
  },
  discover,
  target: ({ url }) => new URL(url).host,
  async collect(context, report) {
    const { url, headers, tls, checkWebVault } = context.config;
    const broken = { reason: "unreachable", hint: DATABASE_HINT } as const;
    const api = openApi(context, { url, headers, tls, refusals: { 500: broken, 503: broken } });
    await readAlive(context, api, report);
    const server = await readServer(context, api, report);
    await readServices(context, api, report, server);
    if (checkWebVault) await readWebVault(context, api, report);
    report.inventory({ facts: { server: server.type, ...(server.version === "" ? {} : { version: server.version }) } });
    const { adminToken } = context.config;
    if (adminToken === undefined || server.type === "bitwarden") return;
    await readPart(context, report, async () => {
      await readUsers(context, api, report, adminToken).catch((error: unknown) => {
        if (error instanceof CollectError && error.reason === "auth") report("vault_admin_login_ok", 0);
        throw error;
      });
      report("vault_admin_login_ok", 1);
    });
  },
});
