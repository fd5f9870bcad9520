import { inArray } from "drizzle-orm";
import { PUSH_KEYS } from "./alerts/push-keys";
import { openAuditLog } from "./auth/audit-log";
import { AUTH_SECRET } from "./auth/auth-secret";
import { COMMAND } from "./auth/visitor";
import { systemClock } from "./clock";
import type { Connection } from "./db/database";
import { type Env, readEnv } from "./env";
import { createLog } from "./log";
import { WrongUse } from "./move/command";
import { openAlone } from "./open-alone";
import { MADE_ANEW } from "./stored-secrets";
import { readMark, setMark } from "./vault/open-vault";
import { makeKeyFile, readAllKeys } from "./vault/read-keys";
import { rotateSecrets } from "./vault/rotate";
import { keyIdsOf, nameRows, readSecretRows } from "./vault/secret-rows";

export const SECRETS_USAGE = `unity secrets status   under which key the secrets are encrypted, and which of them cannot be read
unity secrets rotate   encrypts them under a new key; goes on with what was interrupted. Stop Unity before
unity secrets reset    goes on with the key that is here where the former one is lost. Stop Unity before
`;

interface Surroundings {
  readonly env: Record<string, string | undefined>;
  readonly screen: { write(text: string): unknown };
}

/** Runs `unity secrets status`, `rotate` or `reset` on the database Unity uses. @throws WrongUse; Error that says what to do */
export async function runSecrets(args: readonly string[], { env, screen }: Surroundings): Promise<void> {
  const [command, ...more] = args;
  const run = command === undefined ? undefined : COMMANDS[command];
  if (!run)
    throw new WrongUse(command ? `There is no "unity secrets ${command}".` : "What shall be done with secrets?");
  if (more.length > 0) throw new WrongUse(`"${more[0]}" is one word too many.`);
  const known = readEnv(env);
  const { connection, close } = await openAlone(known, { mayBeUsed: command === "status" });
  try {
    const before = await readMark(connection);
    await run(connection, { env: known, say: (line) => void screen.write(`${line}\n`) });
    const key = await readMark(connection);
    // One that goes on where it was interrupted had its new key before.
    if (command === "rotate" || key !== before) await note(connection, `secrets.${command}`, key ?? "");
  } finally {
    await close();
  }
}

async function note(connection: Connection, action: string, key: string): Promise<void> {
  const audit = openAuditLog(connection, { clock: systemClock, log: createLog("error") });
  audit.record({ who: COMMAND, action, outcome: "done", details: { facts: { key } } });
  await audit.close();
}

interface Parts {
  readonly env: Env;
  say(line: string): void;
}

const COMMANDS: Readonly<Record<string, (connection: Connection, parts: Parts) => Promise<void>>> = {
  status: showStatus,
  rotate: (connection, { env, say }) => rotateSecrets(connection, { places: env.keys, shown: env.database.shown, say }),
  reset: resetKey,
};

async function showStatus(connection: Connection, { env, say }: Parts): Promise<void> {
  const mark = await readMark(connection);
  if (mark === undefined) return say(`Nothing is encrypted in ${env.database.shown} yet: start Unity once.`);
  const { keys, shown } = await readAllKeys(env.keys);
  const mine = new Set(keys.map(({ id }) => id));
  const rows = await readSecretRows(connection);
  const byKey = new Map<string, number>();
  for (const id of rows.flatMap(keyIdsOf)) byKey.set(id, (byKey.get(id) ?? 0) + 1);
  say(
    `${env.database.shown} is encrypted under the key ${mark}, which is ${mine.has(mark) ? `here (${shown})` : "not here"}.`,
  );
  for (const [id, count] of byKey) say(`${count} secrets are under ${id}${mine.has(id) ? "" : ", which is not here"}.`);
  const lost = rows.filter((row) => keyIdsOf(row).some((id) => !mine.has(id)));
  if (lost.length > 0) say(`Not readable: those of ${nameRows(lost)}.`);
}

/** Nothing is thrown away that a key which is found again could read, but for what Unity makes anew by itself. */
async function resetKey(connection: Connection, { env, say }: Parts): Promise<void> {
  let { keys } = await readAllKeys(env.keys);
  const mark = await readMark(connection);
  if (keys.some(({ id }) => id === mark)) return say(`The key ${mark} is here: there is nothing to reset.`);
  if (keys.length === 0) keys = await makeKeyFile(env.keys.ownFile);
  const [first] = keys;
  if (!first) throw new Error(`There is no key in ${env.keys.ownFile}.`);
  await setMark(connection, first.id);
  const mine = new Set(keys.map(({ id }) => id));
  const lost = (await readSecretRows(connection)).filter((row) => keyIdsOf(row).some((id) => !mine.has(id)));
  const made = lost.flatMap(({ table, row }) => (table === "settings" && MADE_ANEW.includes(row) ? [row] : []));
  const { db, schema } = connection;
  if (made.length > 0) await db.delete(schema.settings).where(inArray(schema.settings.key, made));
  say(`Secrets are encrypted under the key ${first.id} from now on.`);
  if (lost.length > 0) say(`Enter anew those of ${nameRows(lost)}.`);
  if (made.includes(AUTH_SECRET)) say("Everybody signs in anew, and sets a second factor up anew.");
  if (made.includes(PUSH_KEYS)) say("Browsers that are told by web push have to be added anew.");
}
