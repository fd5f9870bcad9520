import { CollectError } from "../sdk";
import { describeAnswer, type GameAnswer, simplify } from "./game-answer";
import { describeFailure } from "./game-failure";
import { findGame, type Game } from "./games";
import { bareHost, placeOf } from "./place";
import type { Context } from "./query";
import type { Snapshot } from "./snapshot";
import { boundTransport, type Transport } from "./transport";

/** All that goes to the library. Passwords are not part of it: a recorded question is read by people. */
type Question =
  | { readonly ask: "query"; readonly game: string; readonly address: string; readonly port: number | undefined }
  | { readonly ask: "service"; readonly service: string; readonly host: string };
type Answer = GameAnswer | { readonly address: string; readonly port: number } | null;

/** A question may take several packets there and back. */
const ROUNDS = 3;

/** One of the library's games. @throws CollectError */
export async function queryGamedig(context: Context): Promise<Snapshot> {
  const { game, port } = context.config;
  const ask = await open(context);
  const address = await findAddress(context);
  const answer = await ask({ ask: "query", game, address, port });
  return describeAnswer(answer);
}

/** Where a name's SRV record leads; undefined when it has none. */
export async function resolveService(
  context: Context,
  service: string,
  host: string,
): Promise<{ host: string; port: number } | undefined> {
  const ask = await open(context);
  const found = await ask({ ask: "service", service, host });
  return found && "address" in found ? { host: found.address, port: found.port } : undefined;
}

function open(context: Context) {
  return context.driver<Question, Answer>("gamedig", async () => {
    // Loaded with the first question: whoever has no game server does not pay for it.
    const { GameDig, games, protocols } = await import("gamedig");
    const library = { GameDig, games, protocols };
    return {
      ask: (question) =>
        question.ask === "query" ? queryPorts(context, library, question) : lookUpService(library, question),
      close: async () => {},
    };
  });
}

type Library = Pick<typeof import("gamedig"), "GameDig" | "games" | "protocols">;

async function lookUpService({ protocols }: Library, { service, host }: Extract<Question, { ask: "service" }>) {
  const protocol = protocols.minecraft;
  if (!protocol) return null;
  try {
    const { address, port } = await new protocol().dnsResolver.resolve(host, 0, service);
    return port === undefined ? null : { address, port };
  } catch {
    return null; // The name itself is looked up next, and its failure told.
  }
}

/** The library has sockets of its own, and connects to this. @throws CollectError `dns`, `permission` */
async function findAddress(context: Context): Promise<string> {
  const host = bareHost(context.config);
  const [first] = await context.lookup(host);
  if (!first) throw new CollectError("dns", `${host} has no address.`);
  return first.address;
}

/** Tries the ports on which this game may answer, as many as there are. */
async function queryPorts(
  context: Context,
  library: Library,
  { game: id, address, port }: Extract<Question, { ask: "query" }>,
): Promise<GameAnswer> {
  const game = findGame(library, id);
  const failures: CollectError[] = [];
  for (const candidate of portsOf(game, port, context.config.queryPort)) {
    try {
      return await queryOnce(context, library, game, { address, port: candidate });
    } catch (error) {
      if (context.signal.aborted) throw error;
      failures.push(describeFailure(error, placeOf({ host: address, port: candidate, queryPort: undefined })));
    }
  }
  // One that said something wrong tells more than one that was silent.
  const telling = failures.find(({ reason }) => reason !== "timeout" && reason !== "unreachable");
  throw telling ?? failures[0] ?? new CollectError("internal", `There is no port to ask for ${id}.`);
}

/** TeamSpeak is asked at one port about the server at another; of the rest, the query port is all that is asked. */
function portsOf(
  { protocol, port, queryPort, offsets }: Game,
  given: number | undefined,
  exact: number | undefined,
): readonly (number | undefined)[] {
  if (protocol.startsWith("teamspeak")) return [given ?? port];
  if (exact !== undefined) return [exact];
  const base = given ?? port;
  const shifted = base === undefined ? [] : offsets.map((offset) => base + offset);
  const usual = given === undefined || given === port ? [queryPort] : [];
  const ports = [...new Set([...shifted, ...usual, base].filter((one) => one !== undefined && one <= 65_535))];
  return ports.length > 0 ? ports : [undefined];
}

async function queryOnce(
  context: Context,
  { GameDig, protocols }: Library,
  game: Game,
  { address, port }: { address: string; port: number | undefined },
): Promise<GameAnswer> {
  const { username, password, token, queryPort, probeTimeoutMs, playerNames } = context.config;
  const protocol = protocols[game.protocol];
  if (!protocol) throw new CollectError("internal", `The library lacks the protocol ${game.protocol}.`);
  const transport: Transport = { context, packets: 0, latencyMs: undefined };
  const core = new protocol();
  boundTransport(core, game.protocol);
  core.udpSocket = GameDig.getInstance().queryRunner.udpSocket;
  core.options = {
    ...game.options,
    host: address.includes(":") ? `[${address}]` : address,
    address,
    port,
    ipFamily: 0,
    socketTimeout: probeTimeoutMs,
    attemptTimeout: probeTimeoutMs * ROUNDS,
    stripColors: true,
    requestPlayers: playerNames,
    ...(username === undefined ? {} : { username, login: username }),
    ...(password === undefined ? {} : { password }),
    ...(token === undefined ? {} : { token }),
    ...(queryPort === undefined ? {} : { teamspeakQueryPort: queryPort }),
    transport,
  };
  return simplify(await core.runOnceSafe(), { protocol: game.protocol, latencyMs: transport.latencyMs });
}
