import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { queryMinecraft } from "./minecraft";
import { queryPalworld } from "./palworld";
import { queryGamedig } from "./query-gamedig";
import { querySatisfactory } from "./satisfactory";
import type { Snapshot } from "./snapshot";
import { queryTcp } from "./tcp";

export type Context = CollectContext<Config>;
export type Reporter = Report<typeof metrics>;

/**
 * Games whose protocol stands here, because it tells more than the library makes of it, or asks for a password, which is sent only
 * through the doors. The library has all the others.
 */
const OWN: Readonly<Record<string, (context: Context, report: Reporter) => Promise<Snapshot>>> = {
  minecraft: queryMinecraft,
  palworld: queryPalworld,
  satisfactory: querySatisfactory,
  tcp: queryTcp,
};

/** @throws CollectError */
export function queryServer(context: Context, report: Reporter): Promise<Snapshot> {
  const { game } = context.config;
  const own = Object.hasOwn(OWN, game) ? OWN[game] : undefined;
  return own ? own(context, report) : queryGamedig(context);
}
