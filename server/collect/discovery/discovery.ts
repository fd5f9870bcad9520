import { networkInterfaces } from "node:os";
import type { Plugin } from "../../../plugins/sdk/plugin";
import type { Clock } from "../../clock";
import type { Connection } from "../../db/database";
import { UnityError } from "../../errors";
import type { Log } from "../../log";
import { maskSecrets } from "../../secret-fields";
import type { Instance } from "../instance";
import type { Instances } from "../instances";
import type { Registry } from "../registry";
import type { OpenDoors } from "../run";
import { createIgnored, type Ignored } from "./ignored";
import { lookAround } from "./look";
import { placesOf } from "./places";
import type { Proposal } from "./proposal";
import { isLoopback } from "./service";

/** What is there when this time is over is proposed; the rest is too slow to be well. */
const WITHIN_MS = 8_000;

export interface Found {
  /** When was looked last; null before the first time. */
  readonly at: number | null;
  readonly looking: boolean;
  /** Neither watched nor ignored, in the order of their plugins. */
  readonly proposals: readonly Proposal[];
  readonly ignored: readonly Ignored[];
  readonly noticeHidden: boolean;
}

/** Finds services of this machine that could be watched. */
export interface Discovery {
  /** As it was found last. Looks at nothing. @param waitMs for a look that is under way */
  found(waitMs?: number): Promise<Found>;
  /** Looks, or waits for the look that is under way. */
  look(): Promise<void>;
  /** At a start: looks unless nobody wants to hear of it. */
  begin(): Promise<void>;
  /** @throws UnityError `not_found` */
  ignore(key: string): Promise<void>;
  takeBack(key: string): Promise<void>;
  hideNotice(): Promise<void>;
  /** One that was found, watched or not. Looks when it was not yet looked. */
  proposal(key: string): Promise<Proposal | undefined>;
}

interface Parts {
  readonly connection: Connection;
  readonly registry: Pick<Registry, "all" | "get">;
  readonly instances: Pick<Instances, "list">;
  readonly openDoors: OpenDoors;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn" | "debug">;
  readonly localHost: string;
}

export function createDiscovery({
  connection,
  registry,
  instances,
  openDoors,
  clock,
  log,
  localHost,
}: Parts): Discovery {
  const decisions = createIgnored(connection);
  let seen: { at: number; proposals: readonly Proposal[] } | undefined;
  let underWay: Promise<void> | undefined;

  async function lookOnce(): Promise<void> {
    const end = new AbortController();
    const cancel = clock.after(WITHIN_MS, () => end.abort(new Error("looking took too long")));
    const { doors, close } = openDoors({ signal: end.signal });
    const startedAt = clock.now();
    try {
      const plugins = registry.all();
      const proposals = await lookAround(doors, { plugins, localHost, signal: end.signal });
      seen = { at: clock.now(), proposals };
      log.debug({ found: proposals.length, ms: clock.now() - startedAt }, "looked for services of this machine");
    } finally {
      cancel();
      await close();
    }
  }

  function look(): Promise<void> {
    underWay ??= lookOnce().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  function isWatched({ plugin, places, config }: Proposal): boolean {
    const definition = registry.get(plugin);
    const own = instances.list().filter((instance) => instance.plugin === plugin);
    if (!definition) return false;
    const near = definition.kind === "host" ? own.filter(({ host }) => host === localHost) : own;
    const isHere = createIsHere(localHost);
    return near.some((instance) => {
      const settings = settingsOf(definition, instance);
      if (hasAll(instance.config, config) || hasAll(settings, config)) return true;
      const watched = placesOf(settings, isHere);
      return places.some((place) => watched.has(place));
    });
  }

  return {
    look,
    async found(waitMs = 0) {
      if (underWay && waitMs > 0) await Promise.race([underWay.catch(() => undefined), pause(clock, waitMs)]);
      const [ignored, noticeHidden] = await Promise.all([decisions.list(), decisions.isNoticeHidden()]);
      const silent = new Set(ignored.map(({ key }) => key));
      const proposals = (seen?.proposals ?? []).filter((one) => !silent.has(one.key) && !isWatched(one));
      return { at: seen?.at ?? null, looking: underWay !== undefined, proposals, ignored, noticeHidden };
    },
    async begin() {
      try {
        if (!(await decisions.isNoticeHidden())) await look();
      } catch (error) {
        log.warn({ err: error }, "services of this machine could not be looked for");
      }
    },
    async ignore(key) {
      const proposal = seen?.proposals.find((one) => one.key === key);
      if (!proposal) throw new UnityError("not_found", "This service is not there any more. Look again.");
      const { plugin, target } = proposal;
      await decisions.add({ key, plugin, target, at: clock.now() });
    },
    takeBack: (key) => decisions.remove(key),
    hideNotice: () => decisions.hideNotice(clock.now()),
    async proposal(key) {
      if (!seen) await look();
      return seen?.proposals.find((one) => one.key === key);
    },
  };
}

/** Set as it would be. A proposal without settings is for what reads all of a machine: any instance does. */
const hasAll = (config: Instance["config"], proposed: Proposal["config"]): boolean =>
  Object.entries(proposed).every(([key, value]) => JSON.stringify(config[key]) === JSON.stringify(value));

/** Defaults filled in, secrets left out. */
function settingsOf(plugin: Plugin, { config }: Instance): Record<string, unknown> {
  const parsed = plugin.config.safeParse(config);
  return maskSecrets(plugin.config, parsed.success ? parsed.data : config);
}

/** Knows the names and addresses of this machine. Nobody is asked. */
function createIsHere(localHost: string): (host: string) => boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  const names = new Set(["localhost", "0.0.0.0", "::", localHost.toLowerCase(), ...addresses]);
  return (host) => names.has(host) || isLoopback(host);
}

const pause = (clock: Clock, ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
