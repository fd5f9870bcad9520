import { readEnv } from "../env";
import { createLog } from "../log";
import { openArchive } from "../move/import-archive";
import type { Piece } from "../move/piece";
import { closeFile, openFile } from "../move/test-folder";
import { addConfiguration, addHistory } from "../move/test-installation";
import type { Stores } from "../open-stores";
import { encryptPlain } from "../stored-secrets";
import { openVault } from "../vault/open-vault";
import type { Vault } from "../vault/vault";
import type { Keyboard } from "./ask-hidden";
import { runBackups } from "./command";
import { encodeArchive } from "./encode-archive";
import { saveFile } from "./save-file";

export type Env = Record<string, string>;
const log = createLog("silent");

/** Of different installations. */
export const [KEY_ONE = "", KEY_TWO = ""] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString("base64"));
export const PASSPHRASE = "correct horse battery staple";

const NOBODY: Keyboard = {
  isTTY: false,
  on: () => undefined,
  off: () => undefined,
  resume: () => undefined,
  pause: () => undefined,
};

/** Runs `unity backup` or `restore` in this process, its outcome piped. @returns the outcome, and what was told beside it */
export async function unity(
  args: readonly string[],
  env: Env,
): Promise<{ outcome: Record<string, unknown> & { notes: string[] }; said: string }> {
  const [outcomes, said]: [string[], string[]] = [[], []];
  const into = (lines: string[]) => ({ isTTY: false, write: (text: string) => lines.push(text) });
  const [out, screen] = [into(outcomes), into(said)];
  const signal = new AbortController().signal;
  await runBackups(args, { env, signal, screen, out, keyboard: NOBODY, interrupt: () => undefined });
  return { outcome: JSON.parse(outcomes.join("")), said: said.join("") };
}

export const vaultOf = ({ connection }: Pick<Stores, "connection">, env: Env): Promise<Vault> =>
  openVault(connection, readEnv(env).keys, { shown: "it", log });

/** Its secrets as Unity leaves them. No plugin is known here: every setting is one. */
export async function encryptAll(stores: Pick<Stores, "connection">, env: Env): Promise<void> {
  await encryptPlain(stores.connection, { vault: await vaultOf(stores, env), plugin: () => undefined, log });
}

/** An installation in files, with settings of each kind, alerts, and 400 days of samples where that is wanted. */
export async function makeInstallation(file: string, env: Env, { history = false } = {}): Promise<void> {
  const stores = await openFile(file);
  const series = await addConfiguration(stores);
  await addNotifying(stores);
  if (history) await addHistory(stores, series);
  await encryptAll(stores, env);
  await closeFile(stores);
}

export async function addNotifying({ connection: { db, schema } }: Pick<Stores, "connection">): Promise<void> {
  const times = { createdAt: 1, updatedAt: 1 };
  await db.insert(schema.channels).values({
    ...{ id: "channel-1", kind: "gotify", name: "Phone", ...times },
    config: { url: "https://gotify.lab", token: "CHANNEL-TOKEN" },
  });
  await db.insert(schema.settings).values([
    { key: "notify.key", value: "LINK-KEY" },
    { key: "notify.settings", value: { publicUrl: "", heartbeat: { url: "https://hc.lab/BEAT", everySeconds: 60 } } },
    { key: "web_push_keys", value: { publicKey: "public", privateKey: "PUSH-KEY" } },
  ]);
  await db.insert(schema.alertHistory).values({
    ...{ id: "transition-1", at: 5, alertId: "a", ruleId: "r", instanceId: "instance-1", event: "firing" },
    ...{ severity: "critical", value: 1.5, details: { why: "enc:v1: is no secret" } },
  });
}

/** Everything that a row of secrets has, readable. */
export async function secretsOf(stores: Pick<Stores, "connection">, env: Env): Promise<Record<string, unknown>> {
  const vault = await vaultOf(stores, env);
  const { db, schema } = stores.connection;
  const found: Record<string, unknown> = {};
  for (const { id, config } of await db.select().from(schema.plugins))
    found[id] = vault.open({ table: "plugins", row: id }, config);
  for (const { id, config } of await db.select().from(schema.channels))
    found[id] = vault.open({ table: "channels", row: id }, config);
  for (const { key, value } of await db.select().from(schema.settings))
    if (key !== "secrets.key") found[key] = vault.open({ table: "settings", row: key }, value);
  return found;
}

/** What somebody makes of an archive who knows how they are written, but not its key. */
export async function forge(from: string, to: string, change: (piece: Piece) => Piece): Promise<void> {
  const archive = await openArchive(from);
  async function* changed(): AsyncGenerator<Piece> {
    for await (const piece of archive.pieces(() => undefined)) yield change(piece);
  }
  const { seal } = archive;
  await saveFile(to, encodeArchive(changed(), { sign: () => seal?.signature ?? "" }));
  await archive.close();
}
