import { existsSync, readFileSync } from "node:fs";

/**
 * In the standalone tree Next has no config file to load; its own generated entry hands the built one over in this variable.
 * It is private to Next, which is why Next is pinned and a start-up test runs the built tree.
 */
const BUILT = ".next/required-server-files.json";

if (process.env.NODE_ENV === "production" && existsSync(BUILT)) {
  const { config }: { config: unknown } = JSON.parse(readFileSync(BUILT, "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG ??= JSON.stringify(config);
}

// Unity tells nobody about itself, and neither does what it is built with.
process.env.NEXT_TELEMETRY_DISABLED ??= "1";
