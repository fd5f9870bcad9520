import { z } from "zod";
import { CollectError, openApi, parseAnswer, readPart } from "../sdk";
import { bareHost, placeOf } from "./place";
import type { Context, Reporter } from "./query";
import type { Snapshot } from "./snapshot";

const PORT = 7_777;
/** Lightweight query: magic, "poll", version 1, a cookie that is given back, and an end mark. */
const POLL = Uint8Array.of(0xd5, 0xf6, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 1);
const HEAD_BYTES = 12;
/** The server tells that it waits for somebody to load a game, and what it does else. */
const STATES = ["offline", "idle", "loading", "playing"];

const Login = z.object({ data: z.object({ authenticationToken: z.string().min(1) }) });
const State = z.object({
  data: z.object({
    serverGameState: z.object({
      activeSessionName: z.string().catch(""),
      numConnectedPlayers: z.coerce.number().optional().catch(undefined),
      playerLimit: z.coerce.number().optional().catch(undefined),
      averageTickRate: z.coerce.number().optional().catch(undefined),
    }),
  }),
});

/**
 * Satisfactory (the server's own DedicatedServerAPIDocs.md): one question over UDP says that it is there, the API over HTTPS who
 * plays. @throws CollectError
 */
export async function querySatisfactory(context: Context, report: Reporter): Promise<Snapshot> {
  const { port = context.config.queryPort ?? PORT, probeTimeoutMs: timeoutMs } = context.config;
  const host = bareHost(context.config);
  const where = placeOf({ host, port, queryPort: undefined });
  const light = parsePoll(await context.datagram({ host, port, payload: POLL, timeoutMs }), where);
  const rich = await readPart(context, report, () => askApi(context, where));
  return {
    name: light.name,
    version: light.version,
    map: rich?.session || light.state,
    players: rich?.players,
    playersMax: rich?.playersMax,
    latencyMs: rich?.connectMs,
    playerNames: [],
    framesPerSecond: rich?.tickRate,
  };
}

function parsePoll(answer: Uint8Array, where: string): { state: string; version: string; name: string } {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const isAnswer = answer.length > HEAD_BYTES + 14 && view.getUint16(0, true) === 0xf6d5 && answer[2] === 1;
  const parts = isAnswer ? (answer[HEAD_BYTES + 13] ?? 0) : 0;
  const begin = HEAD_BYTES + 14 + parts * 3;
  const length = isAnswer && begin + 2 <= answer.length ? view.getUint16(begin, true) : -1;
  if (length < 0 || begin + 2 + length > answer.length)
    throw new CollectError("protocol", `${where} does not answer as Satisfactory does.`);
  return {
    state: STATES[answer[HEAD_BYTES] ?? 0] ?? "",
    version: String(view.getUint32(HEAD_BYTES + 1, true)),
    name: new TextDecoder().decode(answer.subarray(begin + 2, begin + 2 + length)),
  };
}

async function askApi({ fetch, config }: Context, where: string) {
  // The server made its certificate itself. Without a token nothing secret is sent, so it may be anybody's.
  const tls = config.token === undefined ? { ...config.tls, verify: false } : config.tls;
  const api = openApi({ fetch }, { url: `https://${where}/api/v1`, tls });
  const ask = (body: object, token: string | undefined) =>
    api.ask("/", {
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
  const guest = { function: "PasswordlessLogin", data: { MinimumPrivilegeLevel: "Client" } };
  const token = config.token ?? parseAnswer(Login, await ask(guest, undefined)).data.authenticationToken;
  const answer = await ask({ function: "QueryServerState" }, token);
  const { activeSessionName, numConnectedPlayers, playerLimit, averageTickRate } = parseAnswer(State, answer).data
    .serverGameState;
  return {
    session: activeSessionName,
    players: numConnectedPlayers,
    playersMax: playerLimit,
    tickRate: averageTickRate,
    connectMs: answer.timings.connect,
  };
}
