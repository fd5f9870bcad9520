import { apprise } from "./channels/apprise";
import type { Channel } from "./channels/channel";
import { discord } from "./channels/discord";
import { email } from "./channels/email";
import { gotify } from "./channels/gotify";
import { matrix } from "./channels/matrix";
import { ntfy } from "./channels/ntfy";
import { pagerduty } from "./channels/pagerduty";
import { pushover } from "./channels/pushover";
import { script } from "./channels/script";
import { slack } from "./channels/slack";
import { teams } from "./channels/teams";
import { telegram } from "./channels/telegram";
import { webPush } from "./channels/web-push";
import { webhook } from "./channels/webhook";

/**
 * Every kind of channel, in the order of their titles. A list, because it is in the server's own bundle, where no folder can be read;
 * a test says when a file of the folder is missing here.
 */
export const CHANNEL_KINDS: readonly Channel[] = [
  apprise,
  discord,
  email,
  gotify,
  matrix,
  ntfy,
  pagerduty,
  pushover,
  script,
  slack,
  teams,
  telegram,
  webPush,
  webhook,
].sort((a, b) => a.title.localeCompare(b.title, "en"));

const byKind = new Map(CHANNEL_KINDS.map((channel) => [channel.kind, channel]));

/** undefined for what another version of Unity knows. */
export const findChannelKind = (kind: string): Channel | undefined => byKind.get(kind);
