import { join } from "node:path";
import { vi } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import { createPostgresDatabase } from "../../db/test-servers";
import { folders } from "../../places";
import { describeMetricStore } from "../test-contract";
import { setUpTimescale } from "./set-up";
import { connectPatiently } from "./test-connect";
import { openTimescaleStore } from "./timescale-store";

// Two hundred days are a hundred refreshes, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const options = { migrationsFolder: join(folders.migrations, "postgres") };

/** Of each property: as WebAssembly it takes a hundred times as long as a server. */
const runs = process.env.TEST_TIMESCALE_WASM ? 8 : undefined;

describeWith("timescale", (server) => {
  const name = runs ? `TimescaleDB as WebAssembly, ${runs} runs a property,` : "TimescaleDB";
  const makePlace = async () => {
    const database = await createPostgresDatabase(server);
    return {
      async open() {
        const { engine, close } = await connectPatiently(database.url, options);
        const { usable, steps } = await setUpTimescale(engine, { policies: null });
        if (!usable) throw new Error(JSON.stringify(steps));
        const store = await openTimescaleStore(engine);
        return { ...store, close: () => store.close().then(close) };
      },
      remove: database.drop,
    };
  };
  describeMetricStore(name, makePlace, { runs });
});
