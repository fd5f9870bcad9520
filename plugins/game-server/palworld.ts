import { z } from "zod";
import { openApi, parseAnswer, readPart } from "../sdk";
import type { Config } from "./config";
import { bareHost } from "./place";
import type { Context, Reporter } from "./query";
import type { Snapshot } from "./snapshot";

const PORT = 8_212;
/** Players connect here, and nobody answers questions. */
const GAME_PORT = 8_211;
const text = z.string().catch("");
const number = z.coerce.number().optional().catch(undefined);

const Info = z.object({ version: z.string(), servername: text });
const Measures = z.object({ serverfps: number, currentplayernum: number, maxplayernum: number, uptime: number });
const Players = z.object({ players: z.array(z.object({ name: text })) });

/** Palworld by its REST API (docs.palworldgame.com, "REST API"). @throws CollectError */
export async function queryPalworld(context: Context, report: Reporter): Promise<Snapshot> {
  const { username = "admin", password = "", playerNames } = context.config;
  const host = bareHost(context.config);
  const port = restPort(context.config);
  const place = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const api = openApi(context, { url: `http://${place}/v1/api`, headers: { authorization } });
  const answer = await api.ask("/info");
  const info = parseAnswer(Info, answer);
  const measures = await readPart(context, report, () => api.read(Measures, "/metrics"));
  const list = playerNames ? await readPart(context, report, () => api.read(Players, "/players")) : undefined;
  return {
    name: info.servername,
    version: info.version,
    map: "",
    players: measures?.currentplayernum ?? list?.players.length,
    playersMax: measures?.maxplayernum,
    latencyMs: answer.timings.connect,
    playerNames: (list?.players ?? []).map(({ name }) => name).filter((name) => name !== ""),
    framesPerSecond: measures?.serverfps,
    uptimeSeconds: measures?.uptime,
  };
}

const restPort = ({ port, queryPort }: Config) => queryPort ?? (port === undefined || port === GAME_PORT ? PORT : port);
