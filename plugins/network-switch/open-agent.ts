import type { Session } from "net-snmp";
import { type CollectContext, CollectError, type OpenDriver } from "../sdk";
import type { Answer, Question } from "./ask";
import type { Config } from "./config";
import { toFailure } from "./failure";
import { askObjects, walkColumn } from "./requests";
import { UdpSocket } from "./udp-socket";

type Library = typeof import("net-snmp");
type Context = CollectContext<Config>;

/** The socket repeats and gives up; the library's own clock only ends what that left behind. */
const LIBRARY_MS = 60_000;

/** Opens a session with the agent. The library is loaded at the first run of the first instance. */
export async function openAgent(context: Context): Promise<OpenDriver<Question, Answer>> {
  const { config } = context;
  refuseShortPasswords(config);
  const library = (await import("net-snmp")).default;
  const [first] = await context.lookup(config.host);
  if (!first) throw new CollectError("dns", `${config.host} has no address.`);
  const broken = createBreaker(config);
  const target = { address: first.address, port: config.port, retries: config.retries };
  const socket = new UdpSocket(context, target, broken.fail);
  const session = openSession(library, config, socket, first);
  // What is no SNMP message is told here, and nowhere else.
  session.on("error", broken.fail);
  const bounded = <T>(work: Promise<T>) => broken.race(work);
  return {
    ask: async (question) =>
      "get" in question
        ? bounded(askObjects(session, question.get, config.version === "1"))
        : bounded(walkColumn(session, question.walk, { ...config, limit: question.limit })),
    close: async () => {
      session.close();
    },
  };
}

/** RFC 3414, 11.2. The library would go on with a key that no agent can have. */
function refuseShortPasswords({ version, securityLevel, authPassword = "", privPassword = "" }: Config): void {
  if (version !== "3" || securityLevel === "noAuthNoPriv") return;
  const short = authPassword.length < 8 || (securityLevel === "authPriv" && privPassword.length < 8);
  if (short) throw new CollectError("auth", "Passwords of SNMP version 3 have at least 8 characters.");
}

/** A message without an answer fails the question it belongs to: one is under way at a time. */
function createBreaker(config: Config) {
  let reject: ((error: unknown) => void) | undefined;
  return {
    fail: (error: unknown) => reject?.(toFailure(error, config)),
    race: <T>(work: Promise<T>): Promise<T> =>
      new Promise((resolve, fail) => {
        reject = fail;
        work.then(resolve, (error: unknown) => fail(toFailure(error, config)));
      }),
  };
}

function openSession(
  library: Library,
  config: Config,
  socket: UdpSocket,
  { address, family }: { address: string; family: 4 | 6 },
): Session {
  const options = {
    port: config.port,
    transport: family === 6 ? ("udp6" as const) : ("udp4" as const),
    retries: 0,
    timeout: LIBRARY_MS,
    backwardsGetNexts: false,
    dgramModule: { createSocket: () => socket },
  };
  if (config.version !== "3")
    return library.createSession(address, config.community ?? "public", {
      ...options,
      version: config.version === "1" ? library.Version1 : library.Version2c,
    });
  const level = config.securityLevel;
  return library.createV3Session(
    address,
    {
      name: config.username ?? "",
      level: library.SecurityLevel[level],
      ...(level === "noAuthNoPriv"
        ? {}
        : { authProtocol: library.AuthProtocols[config.authProtocol], authKey: config.authPassword ?? "" }),
      ...(level === "authPriv"
        ? { privProtocol: library.PrivProtocols[config.privProtocol], privKey: config.privPassword ?? "" }
        : {}),
    },
    { ...options, version: library.Version3, context: config.context ?? "" },
  );
}
