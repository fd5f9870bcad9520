import { z } from "zod";
import { CollectError } from "../sdk";
import type { Snapshot } from "./snapshot";

/** A list of players is cut here already: what comes after is never shown. */
const MAX_NAMES = 1_000;
const MAX_TEXT = 500;

/** Texts and numbers come as the game sends them: "8", 8, 8n. */
const text = z
  .union([z.string(), z.number(), z.bigint()])
  .transform((value) => String(value).slice(0, MAX_TEXT))
  .catch("");
const count = z.coerce.number().int().nonnegative().max(1_000_000).optional().catch(undefined);
const named = z.array(z.object({ name: text }).catch({ name: "" })).catch([]);

const Results = z.object({
  name: text,
  map: text,
  version: text,
  password: z.unknown(),
  numplayers: count,
  maxplayers: count,
  players: named,
  bots: named,
  raw: z.looseObject({ numbots: count }).catch({}),
});

/** What is kept of the library's answer, in plain JSON. */
const GameAnswer = z.object({
  protocol: z.string(),
  name: z.string(),
  map: z.string(),
  version: z.string(),
  password: z.boolean().nullable(),
  players: z.number().nullable(),
  playersMax: z.number().nullable(),
  bots: z.number().nullable(),
  names: z.array(z.string()),
  latencyMs: z.number().nullable(),
});
export type GameAnswer = z.output<typeof GameAnswer>;

/** Others leave the library's own "no" where they do not say. */
const TELLS_PASSWORD =
  /^(ase|battlefield|cs2d|doom3|ffow|gamespy[123]|openttd|quake[23]|rfactor|samp|squad|unreal2|valve|ventrilo|warsow|xonotic)$/;
const TELLS_BOTS = /^(doom3|quake[23]|unreal2|valve|warsow|xonotic|squad|dayz)$/;

/** @param protocol the library's @throws CollectError `parse` */
export function simplify(
  results: unknown,
  { protocol, latencyMs }: { protocol: string; latencyMs: number | undefined },
): GameAnswer {
  const parsed = Results.safeParse(results);
  if (!parsed.success) throw new CollectError("parse", "The server answered in an unknown shape.");
  const { name, map, version, password, numplayers, maxplayers, players, bots, raw } = parsed.data;
  const listed = players.length + bots.length;
  // Some tell only the list, others only the number.
  const all = Math.max(numplayers ?? 0, listed);
  const artificial = TELLS_BOTS.test(protocol) ? (raw.numbots ?? bots.length) : null;
  const isProtected = /^(true|yes|1)$/i.test(String(password));
  return {
    protocol,
    name,
    map,
    version: version === "undefined" ? "" : version,
    password: TELLS_PASSWORD.test(protocol) || isProtected ? isProtected : null,
    players: Math.max(0, all - (artificial ?? 0)),
    playersMax: maxplayers ?? null,
    bots: artificial,
    names: players
      .map(({ name: player }) => player)
      .filter((player) => player !== "")
      .slice(0, MAX_NAMES),
    latencyMs: latencyMs ?? null,
  };
}

/** @throws CollectError `parse` */
export function describeAnswer(answer: unknown): Snapshot {
  const parsed = GameAnswer.safeParse(answer);
  if (!parsed.success) throw new CollectError("parse", "The server answered in an unknown shape.");
  const { name, map, version, password, players, playersMax, bots, names, latencyMs } = parsed.data;
  return {
    name,
    map,
    version,
    password: password ?? undefined,
    players: players ?? undefined,
    playersMax: playersMax ?? undefined,
    bots: bots ?? undefined,
    playerNames: names,
    latencyMs: latencyMs ?? undefined,
  };
}
