import { z } from "zod";
import { CollectError } from "../sdk";

/** How one of the library's games is asked. */
export interface Game {
  readonly protocol: string;
  /** Where players connect to. */
  readonly port: number | undefined;
  /** Where questions are answered, if it is no fixed distance from the other. */
  readonly queryPort: number | undefined;
  readonly offsets: readonly number[];
  /** Of the protocol. */
  readonly options: Readonly<Record<string, unknown>>;
}

const Options = z.looseObject({
  protocol: z.string(),
  port: z.number().optional(),
  port_query: z.number().optional(),
  port_query_offset: z.union([z.number(), z.array(z.number())]).optional(),
});

/** The library would ask by three protocols at once and wait for those that are silent. */
const BEDROCK = new Set(["mbe", "minecraftbe", "minecraftbedrock"]);
const BEDROCK_PORT = 19_132;

type Library = Pick<typeof import("gamedig"), "games" | "protocols">;

/** @throws CollectError `not_found` with what may have been meant */
export function findGame({ games, protocols }: Library, id: string): Game {
  if (BEDROCK.has(id))
    return { protocol: "minecraftbedrock", port: BEDROCK_PORT, queryPort: undefined, offsets: [], options: {} };
  const named = id.startsWith("protocol-") ? id.slice("protocol-".length) : undefined;
  if (named !== undefined && Object.hasOwn(protocols, named))
    return { protocol: named, port: undefined, queryPort: undefined, offsets: [], options: {} };
  const found = Object.hasOwn(games, id) ? games[id] : undefined;
  if (!found) {
    const like = Object.entries(games)
      .filter(([other, { name }]) => other.includes(id) || id.includes(other) || squeeze(name).includes(squeeze(id)))
      .map(([other]) => other)
      .slice(0, 5);
    const hint = like.length > 0 ? `Did you mean ${like.join(", ")}?` : undefined;
    throw new CollectError("not_found", `There is no game called ${id}.`, { hint });
  }
  const {
    protocol,
    port,
    port_query: queryPort,
    port_query_offset: offset = [],
    ...options
  } = Options.parse(found.options);
  return { protocol, port, queryPort, offsets: typeof offset === "number" ? [offset] : offset, options };
}

const squeeze = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
