import { eq } from "drizzle-orm";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Connection } from "../db/database";
import type { Instances } from "./instances";

/** As the fields of plugins that watch this machine are called. What is undefined is where it usually is. */
export interface HostFolders {
  readonly procRoot: string | undefined;
  readonly sysRoot: string | undefined;
  /** What this machine calls `/`. */
  readonly rootPrefix: string | undefined;
}

interface Parts {
  readonly plugins: readonly Plugin[];
  readonly instances: Instances;
  readonly localHost: string;
  readonly hostFolders: HostFolders;
}

const DONE = "autostarted_plugins";

/**
 * Adds the plugins that watch this machine, each once in the life of a database: one that was removed stays removed, one
 * that comes with an update is added then.
 */
export async function addHostPlugins(
  { db, schema, dialect }: Connection,
  { plugins, instances, localHost, hostFolders }: Parts,
): Promise<string[]> {
  const { settings } = schema;
  const [row] = await db.select().from(settings).where(eq(settings.key, DONE));
  const done = new Set(Array.isArray(row?.value) ? row.value.map(String) : []);
  const fresh = plugins.filter((plugin) => plugin.autostart === true && !done.has(plugin.id));
  for (const plugin of fresh) {
    const there = instances.list().some((instance) => instance.plugin === plugin.id);
    const config = foldersOf(plugin, hostFolders);
    if (!there) await instances.create({ plugin: plugin.id, name: localHost, host: localHost, config });
    done.add(plugin.id);
  }
  if (fresh.length > 0) await dialect.upsert(db, settings, [{ key: DONE, value: [...done] }], [settings.key]);
  return fresh.map(({ id }) => id);
}

/** Those that this plugin asks for. */
function foldersOf({ config }: Plugin, folders: HostFolders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(folders).filter(([name, folder]) => folder !== undefined && Object.hasOwn(config.shape, name)),
  );
}
