import type { z } from "zod";
import type { Plugin } from "../plugins/sdk/plugin";
import { findChannelKind } from "./alerts/channel-kinds";
import { LINK_KEY, LinkKey, NOTIFY_SETTINGS } from "./alerts/notify/notify-book";
import { PUSH_KEYS, PushKeyPair } from "./alerts/push-keys";
import { NotifySettings } from "./alerts/shapes/route";
import { AUTH_SECRET, AuthSecret } from "./auth/auth-secret";
import type { Connection } from "./db/database";
import type { Log } from "./log";
import { rewriteSecrets, SECRET_TABLES, type SecretRow } from "./vault/secret-rows";
import type { Vault } from "./vault/vault";

/** Of settings, those that have secrets. */
const SETTINGS: Readonly<Record<string, z.core.$ZodType | undefined>> = {
  [AUTH_SECRET]: AuthSecret,
  [LINK_KEY]: LinkKey,
  [NOTIFY_SETTINGS]: NotifySettings,
  [PUSH_KEYS]: PushKeyPair,
};

/** What Unity makes anew by itself where it is not there. */
export const MADE_ANEW: readonly string[] = [AUTH_SECRET, LINK_KEY, PUSH_KEYS];

interface Sealing {
  readonly vault: Pick<Vault, "seal">;
  readonly plugin: (id: string) => Plugin | undefined;
}

/** Encrypts the secrets of a row. Those that are encrypted already stay as they are. */
export function createSealer({ vault, plugin }: Sealing) {
  /** Without its plugin or kind nobody knows which of its texts are secret: all of them are. */
  return function seal({ table, row, kind, value }: Omit<SecretRow, "name">): unknown {
    switch (table) {
      case "plugins":
        return vault.seal({ table, row }, plugin(kind)?.config, value);
      case "channels":
        return vault.seal({ table, row }, findChannelKind(kind)?.config, value);
      case "settings": {
        const schema = SETTINGS[kind];
        return schema ? vault.seal({ table, row }, schema, value) : value;
      }
    }
    return table satisfies never;
  };
}

/**
 * Encrypts every secret that lies in the database as it was entered: an earlier version wrote it, or an import from one. A table as a
 * whole.
 */
export async function encryptPlain(
  connection: Connection,
  { log, ...sealing }: Sealing & { log: Pick<Log, "info"> },
): Promise<number> {
  const seal = createSealer(sealing);
  let changed = 0;
  for (const table of SECRET_TABLES) changed += await rewriteSecrets(connection, table, seal);
  if (changed === 0) return 0;
  await connection.scrub();
  log.info(
    { rows: changed },
    "secrets that lay in the database as they were entered are encrypted now; copies of the database from before still have them",
  );
  return changed;
}
