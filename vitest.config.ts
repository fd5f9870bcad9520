import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{server,plugins,components,drizzle,scripts,bench}/**/*.test.{ts,tsx}"],
    // They want servers: npm run test:stores, npm run test:services.
    exclude: [...configDefaults.exclude, "**/*.stores.test.ts", "**/*services.test.ts"],
    testTimeout: 20_000,
  },
});
