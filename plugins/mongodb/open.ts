import type { CollectContext, OpenDriver } from "../sdk";
import { placeOf } from "./address";
import type { Config } from "./config";
import { toFailure } from "./failure";
import { greet } from "./greet";
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
  await greet(context);
  // Loaded at the first run of the first instance: whoever has none does not pay for it. The library is CommonJS: once
  // bundled, its classes are on the default export only.
  const { default: mongodb } = await import("mongodb");
  const hasUser = Boolean(config.username) || config.authMechanism === "MONGODB-X509";
  const orFailure = (error: unknown) => {
    throw toFailure(error, placeOf(config), hasUser);
  };
  const client = await Promise.resolve()
    .then(() => new mongodb.MongoClient(config.uri, optionsOf(config)))
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
