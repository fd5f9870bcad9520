import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Plugins, and what docs/ says of other programs, against real services. `npm run test:services` installs them; without, each test says that it is skipped. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["plugins/*/services.test.ts", "plugins/*/*.services.test.ts", "scripts/docs/*.services.test.ts"],
    // The services want processors, too.
    maxWorkers: 2,
    // Only against what hangs: a machine may be slow.
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
});
