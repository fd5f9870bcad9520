import type { CollectContext } from "../sdk";
import { CollectError } from "../sdk";
import { type Host, hostsOf, isService, parseHost } from "./address";
import type { Config } from "./config";
import { greet } from "./greet";

type Library = typeof import("mongodb");

/**
 * The server to ask: the first that answers, or where the whole set is meant the primary it knows. Each is greeted through the
 * context's doors before the library hears of it, which connects to whatever it is told of.
 */
export async function findServer(context: CollectContext<Config>, library: Library): Promise<Host> {
  const { uri } = context.config;
  const direct = context.config.direct && !isService(uri);
  const hosts = isService(uri) ? await resolveService(library, uri) : hostsOf(uri);
  let refused: unknown = new CollectError("protocol", "The address names no host.");
  for (const host of direct ? hosts.slice(0, 1) : hosts) {
    try {
      const { primary } = await greet(context, host, library);
      return direct || primary === undefined ? host : await findPrimary(context, library, { host, primary });
    } catch (error) {
      // Another member may answer; an address that is not to be dialled is a mistake of the settings.
      if (!(error instanceof CollectError) || error.reason === "permission") throw error;
      refused = error;
    }
  }
  throw refused;
}

/** Where the primary is gone, a secondary knows nearly as much. */
async function findPrimary(
  context: CollectContext<Config>,
  library: Library,
  { host, primary }: { host: Host; primary: string },
): Promise<Host> {
  const other = parseHost(primary);
  if (!other) return host;
  try {
    await greet(context, other, library);
    return other;
  } catch (error) {
    if (!(error instanceof CollectError) || error.reason === "permission") throw error;
    return host;
  }
}

/** The library reads the records, and is kept from connecting to what they name. */
async function resolveService({ MongoClient }: Library, uri: string): Promise<readonly Host[]> {
  const client = new MongoClient(uri, {
    serverSelectionTimeoutMS: 1,
    lookup: (_host, _options, done) => done(new Error("Not yet."), []),
  });
  let failure: unknown;
  try {
    await client.connect();
  } catch (error) {
    failure = error;
  }
  await client.close();
  const hosts = client.options.hosts.flatMap(({ host, port }) => (host && port ? [{ host, port }] : []));
  if (hosts.length === 0) throw failure;
  return hosts;
}
