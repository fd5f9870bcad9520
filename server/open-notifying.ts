import { z } from "zod";
import { secret } from "../plugins/sdk/config";
import { CollectError } from "../plugins/sdk/errors";
import type { Alerts } from "./alerts/alerts";
import { type Notifier, type NotifierParts, openNotifier } from "./alerts/notify/notifier";
import { type Channels, openChannels } from "./alerts/open-channels";
import { openChannelDoors } from "./channel-doors";
import type { Clock } from "./clock";
import type { Cluster } from "./cluster/cluster";
import type { Guard } from "./collect/doors/guard";
import type { Connection } from "./db/database";
import type { Log } from "./log";
import { pingHeartbeat } from "./ping-heartbeat";
import type { Secrets } from "./vault/secret-reader";

interface Parts extends Pick<NotifierParts, "factsOf" | "mutedBy" | "mutedAmong" | "collects"> {
  readonly connection: Connection;
  readonly secrets: Secrets;
  readonly alerts: Alerts;
  readonly cluster: Cluster;
  readonly localHost: string;
  readonly scriptsFolder: string | undefined;
  readonly guard: Guard | undefined;
  /** Channels are others. */
  channelsChanged(origin: "here" | "elsewhere"): void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where people are told, and who tells them when. */
export async function openNotifying(parts: Parts): Promise<{ channels: Channels; notifier: Notifier }> {
  const {
    connection,
    secrets,
    alerts,
    cluster,
    localHost,
    scriptsFolder,
    guard,
    channelsChanged,
    clock,
    log,
    ...known
  } = parts;
  const channels = await openChannels({
    connection,
    secrets,
    openDoors: (pushKeys, signal) => openChannelDoors({ clock, pushKeys, scriptsFolder, guard }, signal),
    changed: channelsChanged,
    localHost,
    clock,
  });
  const notifier = await openNotifier({
    ...known,
    connection,
    secrets,
    clock,
    log,
    alerts,
    leads: cluster.leads,
    hasOthers: () => cluster.processes().length > 1,
    places: channels.book.list,
    async send(channelId, message, signal) {
      const channel = channels.book.get(channelId);
      if (!channel) return { ok: false, again: false, answer: "This channel is not there any more." };
      return channels.send(channel, message, signal);
    },
    async ping(url, signal) {
      const nothingIsPushed = () => Promise.reject(new Error("Nothing is pushed."));
      const doors = openChannelDoors({ clock, pushKeys: nothingIsPushed, guard }, signal);
      const address = await findAddress(secrets, url);
      return address.ok ? pingHeartbeat(address.url, doors) : address;
    },
    settingsChanged: () => cluster.tell({ kind: "settings" }),
  });
  return { channels, notifier };
}

/** What the heartbeat's address stands for. Why there is none holds no secret. */
async function findAddress(
  secrets: Pick<Secrets, "read">,
  kept: string,
): Promise<{ ok: true; url: string } | { ok: false; answer: string }> {
  try {
    const { url } = HeartbeatAddress.parse(await secrets.read(HeartbeatAddress, { url: kept }));
    return { ok: true, url };
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    return { ok: false, answer: [error.message, error.hint].filter(Boolean).join(" ") };
  }
}

const HeartbeatAddress = z.object({ url: secret() });
