import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Doors } from "../../../plugins/sdk/context";
import type { Plugin } from "../../../plugins/sdk/plugin";
import { COMMAND } from "../../auth/visitor";
import { systemClock } from "../../clock";
import { createLog } from "../../log";
import { openEmbeddedStores } from "../../open-stores";
import { appRouter } from "../../trpc/router";
import { createUnity } from "../../unity";
import { testSecrets } from "../../vault/test-vault";
import { createDoors } from "../doors/doors";
import { afterThisTest } from "../doors/test-servers";
import type { OpenDoors } from "../run";

/** For tests only: a Unity with these plugins, which tells what was touched of the world. `restart` begins anew on the same database. */
export async function openDiscovery(plugins: readonly Plugin[]) {
  const folder = await mkdtemp(join(tmpdir(), "unity-discovery-"));
  const touched: string[] = [];
  afterThisTest(async () => {
    await end();
    await rm(folder, { recursive: true, force: true });
  });
  let end = async () => {};

  async function open() {
    const file = join(folder, "unity.db");
    const { connection, store, close } = await openEmbeddedStores(file);
    const unity = await createUnity({
      secrets: testSecrets,
      connection,
      store,
      registry: {
        get: (id) => plugins.find((plugin) => plugin.id === id),
        all: () => [...plugins],
        broken: [],
        iconPath: () => "",
      },
      openDoors: watched(touched),
      clock: systemClock,
      log: createLog("silent"),
      localHost: "nas",
      database: file,
    });
    end = async () => {
      await unity.stop(0);
      await close();
    };
    return appRouter.createCaller({ unity, visitor: COMMAND });
  }
  return {
    caller: await open(),
    touched,
    async restart() {
      await end();
      return open();
    },
  };
}

/** Doors that note what leaves the process: addresses that were asked, and every door that must stay closed. */
function watched(touched: string[]): OpenDoors {
  return (options) => {
    const { doors, close } = createDoors(options);
    const forbidden =
      (name: string) =>
      (...given: unknown[]) => {
        touched.push(`${name} ${JSON.stringify(given)}`);
        throw new Error(`${name} is not for looking around`);
      };
    const own: Doors = {
      ...doors,
      fetch: (url, rest) => {
        const { method = "GET", socketPath = "", headers = {}, body = "" } = rest ?? {};
        touched.push([method, socketPath || url, ...Object.keys(headers), body].filter(Boolean).join(" "));
        return doors.fetch(url, rest);
      },
      connect: forbidden("connect"),
      datagram: forbidden("datagram"),
      lookup: forbidden("lookup"),
      exec: forbidden("exec"),
      driver: forbidden("driver"),
    };
    return { doors: own, close };
  };
}
