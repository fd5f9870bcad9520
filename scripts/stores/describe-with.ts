import { describe, test } from "vitest";

const TITLES = {
  postgres: "PostgreSQL",
  mysql: "MariaDB",
  redis: "Redis",
  victoriametrics: "VictoriaMetrics",
  timescale: "TimescaleDB",
};
type ServerName = keyof typeof TITLES;

/**
 * Tests that want a server, for `.stores.test.ts` files. `define` is given its address with name and password; it may make databases
 * there, and drops them. Without the server there is one skipped test that says why.
 */
export function describeWith(server: ServerName, define: (url: string) => void): void {
  const variable = `TEST_${server.toUpperCase()}`;
  const url = process.env[`${variable}_URL`];
  const title = `with ${TITLES[server]}`;
  if (url) {
    describe(title, () => define(url));
    return;
  }
  const reason = process.env[`${variable}_MISSING`] ?? `${variable}_URL is not set. ${HOW[server] ?? HOW.others}`;
  test.skip(`${title}, skipped: ${reason}`);
}

const HOW: Partial<Record<ServerName | "others", string>> = {
  timescale: "npm run test:stores starts one as WebAssembly.",
  others: "npm run test:stores starts one.",
};
