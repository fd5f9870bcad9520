import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** What wants real servers. `npm run test:stores` starts them; without, each test says that it is skipped. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{server,plugins,drizzle,scripts,bench}/**/*.stores.test.ts"],
    // The servers want processors, too.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
