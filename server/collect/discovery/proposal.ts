import type { z } from "zod";
import type { Plugin } from "../../../plugins/sdk/plugin";
import { printable } from "../../../plugins/sdk/printable";
import type { SeenThing } from "./files";
import { pathPlace, placesOf, servicePlace } from "./places";
import type { Clue, Recognised } from "./recognise";

/** What could be watched here: a plugin with a config, and why. */
export interface Proposal {
  /** The same after every start: what is ignored is known by it. */
  readonly key: string;
  readonly plugin: string;
  /** "127.0.0.1:6379", "/run/docker.sock". */
  readonly target: string;
  /** What was seen, as sentences without a stop. */
  readonly why: readonly string[];
  /** It serves; the others are files and the like. */
  readonly serves: boolean;
  /** Only a usual port speaks for it. */
  readonly likely: boolean;
  readonly config: Readonly<Record<string, unknown>>;
  /** What a person must add; null when it is complete. */
  readonly asks: string | null;
  /** For its instance. */
  readonly name: string;
  /** How instances may call the same target. */
  readonly places: readonly string[];
}

/** Enough for a crowded machine; what is ignored or watched makes room. */
const MAX_PROPOSALS = 200;

/** @param localHost names what has no name of its own */
export function proposeAll(
  services: readonly Recognised[],
  things: readonly SeenThing[],
  localHost: string,
): Proposal[] {
  const all = new Map<string, Proposal>();
  for (const one of services) {
    const proposal = proposeService(one, localHost);
    all.set(proposal.key, proposal);
  }
  const listening = new Map([...all.values()].map((one) => [one.plugin, one]));
  for (const thing of things) {
    const proposal = proposeThing(thing, localHost);
    const twin = thing.trace.seen === "file" && thing.trace.alias ? listening.get(proposal.plugin) : undefined;
    const known = all.get(proposal.key);
    if (!twin) all.set(proposal.key, known ? { ...known, why: [...known.why, ...proposal.why] } : proposal);
    // Whoever watches one way to a server watches the server.
    else all.set(twin.key, { ...twin, places: [...(all.get(twin.key) ?? twin).places, ...proposal.places] });
  }
  return [...all.values()].slice(0, MAX_PROPOSALS);
}

function proposeService({ plugin, trace, service, clue }: Recognised, localHost: string): Proposal {
  const { host, port, place, container } = service;
  const config = trace.config({ host, port, place });
  const spot = servicePlace(host, port);
  return {
    key: `${plugin.id} ${spot}`,
    plugin: plugin.id,
    target: place,
    why: [container ? publishes(service) : listens(service), ...WHY[clue](plugin, trace, place)],
    serves: true,
    likely: clue === "port",
    config,
    asks: asksOf(plugin, trace.asks, config),
    name: container?.name || `${service.loopback ? localHost : host}:${port}`,
    places: [spot],
  };
}

type Told = (plugin: Plugin, trace: Recognised["trace"], place: string) => string[];
const WHY: Readonly<Record<Clue, Told>> = {
  image: () => [],
  process: () => [],
  answer: ({ name }, { rest, answer }, place) =>
    rest ? [`it answers over ${answer?.tls ? "HTTPS" : "HTTP"}`] : [`${place} answers as ${name} does`],
  port: ({ name }) => [`the port is one that is usual for ${name}`],
};

const listens = ({ owner, listensOn }: Recognised["service"]) =>
  `${owner ? printable(owner.shown) : "Something"} listens on ${listensOn}`;
const publishes = ({ container, port }: Recognised["service"]) =>
  `Container ${container?.name} (${container?.image}) publishes port ${port}`;

function proposeThing({ plugin, trace, path, why }: SeenThing, localHost: string): Proposal {
  const config = trace.config({ path });
  const place = pathPlace(path);
  // A pattern that holds this path, say: what is in the config is what an instance of it has.
  const named = placesOf(config, () => false);
  return {
    // Without settings it is about the machine, whatever was seen first.
    key: Object.keys(config).length === 0 ? plugin.id : `${plugin.id} ${place}`,
    plugin: plugin.id,
    target: path,
    why: [printable(why)],
    serves: false,
    likely: false,
    config,
    asks: asksOf(plugin, trace.asks, config),
    name: localHost,
    places: [place, ...named],
  };
}

/** A config that is not complete asks for something, whatever its trace says: with some hosts and ports it may not be valid. */
function asksOf(plugin: Plugin, asks: string | undefined, config: Proposal["config"]): string | null {
  if (asks !== undefined) return asks;
  const parsed: z.ZodSafeParseResult<unknown> = plugin.config.safeParse(config);
  return parsed.success ? null : "Settings that cannot be guessed";
}
