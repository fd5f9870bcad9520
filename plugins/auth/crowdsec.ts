import { z } from "zod";
import { type CollectContext, openApi } from "../sdk";
import type { Config } from "./config";
import type { Jail } from "./fail2ban";

/** Decisions of CrowdSec's local API; `null` when there are none. */
const Decisions = z
  .array(z.object({ type: z.string().default("ban"), value: z.string().default(""), scope: z.string().default("") }))
  .nullable();

/** What this machine banned itself. The community's list has tens of thousands of addresses, which say nothing of here. */
const PATH = "/v1/decisions?type=ban&origins=crowdsec,cscli";

/** Bans of CrowdSec, as a jail of that name; undefined when it is not set. */
export async function readDecisions(context: CollectContext<Config>): Promise<Jail | undefined> {
  const { crowdsecUrl: url, crowdsecApiKey, tls } = context.config;
  if (url === undefined || crowdsecApiKey === undefined) return undefined;
  const hint = "Make a key with: cscli bouncers add unity.";
  const api = openApi(context, {
    ...{ url, tls, headers: { "x-api-key": crowdsecApiKey } },
    refusals: { 401: { reason: "auth", hint }, 403: { reason: "auth", hint } },
  });
  const bans = ((await api.read(Decisions, PATH)) ?? []).filter(({ type }) => type === "ban");
  return {
    name: "crowdsec",
    bannedNow: bans.length,
    bannedTotal: undefined,
    failedNow: undefined,
    addresses: bans.filter(({ scope }) => /^ip$/i.test(scope)).map(({ value }) => value),
  };
}
