import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { nobody, ROLE_PERMISSIONS, type Role, type Visitor } from "../auth/visitor";
import { systemClock } from "../clock";
import { createDoors } from "../collect/doors/doors";
import { loadRegistry } from "../collect/registry";
import { createLog } from "../log";
import { openEmbeddedStores } from "../open-stores";
import { folders } from "../places";
import { createUnity } from "../unity";
import { testSecrets } from "../vault/test-vault";
import { appRouter } from "./router";

/** A person who is signed in. */
export const person = (id: string, name: string, role: Role): Visitor => ({
  ...nobody("10.0.0.9"),
  ...{ userId: id, name, role, via: "session", credentialId: "session" },
  permissions: new Set(ROLE_PERMISSIONS[role]),
});

let plugins: ReturnType<typeof loadRegistry> | undefined;

/** A whole Unity with every plugin, which nothing collects, for whoever calls it. It is gone when the test is over. */
export async function openCallers() {
  const folder = await mkdtemp(join(tmpdir(), "unity-callers-"));
  const log = createLog("silent");
  plugins ??= loadRegistry(folders.plugins, log);
  const { connection, store, close } = await openEmbeddedStores(join(folder, "unity.db"));
  const unity = await createUnity({
    ...{ connection, store, log, secrets: testSecrets, clock: systemClock, openDoors: createDoors },
    registry: await plugins,
    localHost: "nas",
    database: "unity.db",
  });
  onTestFinished(async () => {
    await unity.stop(0);
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    unity,
    connection,
    as: (visitor: Visitor) => appRouter.createCaller({ unity, visitor }),
    /** The newest line of the audit log. */
    last: async () => (await unity.audit.list({ limit: 1 }))[0],
  };
}
