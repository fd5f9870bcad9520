import type { LookupFunction } from "node:net";
import type { CollectContext, OpenDriver } from "../sdk";
import { addressOf, placeOf } from "./address";
import type { Config } from "./config";
import { toFailure } from "./failure";
import { findServer } from "./find-server";
import { COMMAND_MS, optionsOf } from "./options";
import { toPlain } from "./plain";

/** A command of a database; its name is the first key. */
export interface Question {
  readonly db: string;
  readonly command: Readonly<Record<string, unknown>>;
}
/** Asks the server. @throws CollectError */
export type Ask = (question: Question) => Promise<unknown>;

/** One connection for the work, behind a door that a case can answer. */
export async function openServer(context: CollectContext<Config>): Promise<Ask> {
  return context.driver<Question, unknown>("mongodb", async () => openDriver(context));
}

async function openDriver(context: CollectContext<Config>): Promise<OpenDriver<Question, unknown>> {
  const { config } = context;
  // Loaded at the first run of the first instance: whoever has none does not pay for it. The library is CommonJS: once
  // bundled, its classes are on the default export only.
  const { default: mongodb } = await import("mongodb");
  const hasUser = Boolean(config.username) || config.authMechanism === "MONGODB-X509";
  const orFailure = (error: unknown) => {
    throw toFailure(error, placeOf(config), hasUser);
  };
  const client = await findServer(context, mongodb)
    .then(
      (host) =>
        new mongodb.MongoClient(addressOf(host, config.uri), { ...optionsOf(config), lookup: lookupBy(context) }),
    )
    .catch(orFailure);
  try {
    await client.connect();
  } catch (error) {
    await client.close();
    return orFailure(error);
  }
  return {
    ask: ({ db, command }) =>
      client
        .db(db)
        .command({ ...command, maxTimeMS: COMMAND_MS })
        .then(toPlain, orFailure),
    close: () => client.close(),
  };
}

/** Sockets of the library connect to what the context has looked at. Asked for all addresses, or for one. */
function lookupBy({ lookup }: Pick<CollectContext, "lookup">): LookupFunction {
  return (host, { all }, done) => {
    lookup(host).then(
      (found) => (all ? done(null, found) : done(null, found[0]?.address ?? "", found[0]?.family)),
      (error: Error) => done(error, []),
    );
  };
}
