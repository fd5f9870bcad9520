import { matchesAny } from "../../../plugins/sdk/globs";
import type { Plugin } from "../../../plugins/sdk/plugin";
import type { ServiceTrace } from "../../../plugins/sdk/trace";
import type { Service } from "./service";

/** What told that a service is a plugin's. A bare port tells least. */
export type Clue = "image" | "process" | "answer" | "port";

export interface Recognised {
  readonly plugin: Plugin;
  readonly trace: ServiceTrace;
  readonly service: Service;
  readonly clue: Clue;
}
type Pair = Omit<Recognised, "clue">;

/** Asks a service whether it is the one: the trace's GET. */
export type Ask = (pair: Pair) => Promise<boolean>;

/** Which services are which plugin's. What needs no question comes first, so that as few as possible are asked. */
export async function recognise(
  plugins: readonly Plugin[],
  services: readonly Service[],
  ask: Ask,
): Promise<Recognised[]> {
  const pairs = plugins.flatMap((plugin) =>
    (plugin.discover ?? []).flatMap((trace) =>
      trace.seen === "service" ? services.map((service): Pair => ({ plugin, trace, service })) : [],
    ),
  );
  const found = pairs.flatMap((pair): Recognised[] => {
    const clue = clueOf(pair);
    return clue === undefined || pair.trace.rest ? [] : [{ ...pair, clue }];
  });
  found.push(
    ...(await askAll(
      pairs.filter((pair) => !pair.trace.rest && mayAsk(pair, found)),
      ask,
    )),
  );
  const rest = pairs.filter((pair) => pair.trace.rest && !isTaken(pair.service, found));
  const known = rest.flatMap((pair): Recognised[] => {
    const clue = clueOf(pair);
    return clue === undefined ? [] : [{ ...pair, clue }];
  });
  const asked = await askAll(
    rest.filter((pair) => mayAsk(pair, known)),
    ask,
  );
  return onePerProcess([...found, ...known, ...asked]);
}

/** What tells without a question. */
function clueOf({ trace, service }: Pick<Recognised, "trace" | "service">): Clue | undefined {
  const usual = isUsual({ trace, service });
  const { owner, container } = service;
  if (usual && container?.images.some((image) => matchesAny(image, trace.image ?? []))) return "image";
  if ((usual || !trace.onlyPorts) && owner?.names.some((name) => matchesAny(name, trace.process ?? [])))
    return "process";
  if (!usual || trace.answer) return undefined;
  // Who is known, and somebody else, only uses the same port.
  const named = trace.process !== undefined || trace.image !== undefined;
  return owner && named ? undefined : "port";
}

const isUsual = ({ trace, service }: Pick<Recognised, "trace" | "service">) =>
  trace.ports.includes(service.inside ?? service.port);

/** Only on its usual ports, only on this machine, and only what has not told already. */
function mayAsk({ plugin, trace, service }: Pair, found: readonly Recognised[]): boolean {
  if (!trace.answer || !service.loopback || !isUsual({ trace, service })) return false;
  return !found.some((one) => one.service === service && (one.plugin === plugin || one.clue !== "port"));
}

async function askAll(pairs: readonly Pair[], ask: Ask): Promise<Recognised[]> {
  const answers = await Promise.all(pairs.map(ask));
  return pairs.flatMap((pair, index): Recognised[] => (answers[index] ? [{ ...pair, clue: "answer" }] : []));
}

/** Another plugin knows it, or another port of the same process or container. */
function isTaken(service: Service, found: readonly Recognised[]): boolean {
  return found.some((one) => one.clue !== "port" && (one.service === service || isSameProcess(one.service, service)));
}

const isSameProcess = (a: Service, b: Service) =>
  (a.owner !== undefined && a.owner.pid === b.owner?.pid) || (a.container !== undefined && a.container === b.container);

const STRENGTH: Readonly<Record<Clue, number>> = { image: 0, process: 1, answer: 2, port: 3 };

/**
 * A service is proposed once a plugin, by its best clue. So is a process or container that is known by itself: by the plugin's first trace
 * that knows it, on the port that the trace names first, else on the lowest.
 */
function onePerProcess(found: readonly Recognised[]): Recognised[] {
  const rank = ({ trace, service }: Recognised) => {
    const usual = trace.ports.indexOf(service.inside ?? service.port);
    return usual < 0 ? trace.ports.length + service.port : usual;
  };
  const at = ({ plugin, trace }: Recognised) => plugin.discover?.indexOf(trace) ?? 0;
  const sorted = found.toSorted(
    (a, b) =>
      STRENGTH[a.clue] - STRENGTH[b.clue] || at(a) - at(b) || rank(a) - rank(b) || a.service.port - b.service.port,
  );
  const taken = new Set<string>();
  return sorted.filter(({ plugin, service, clue }) => {
    const { owner, container, place } = service;
    const byItself =
      clue === "process" ? `process ${owner?.pid}` : clue === "image" ? `container ${container?.name}` : place;
    const keys = [`${plugin.id} ${place}`, `${plugin.id} ${byItself}`];
    const fresh = !keys.some((key) => taken.has(key));
    for (const key of keys) taken.add(key);
    return fresh;
  });
}
