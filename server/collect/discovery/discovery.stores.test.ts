import { expect, test } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import { startStore } from "../../../scripts/stores/start-store.mjs";
import { createLog } from "../../log";
import { folders } from "../../places";
import { afterThisTest } from "../doors/test-servers";
import { loadRegistry } from "../registry";
import { openDiscovery } from "./test-discovery";

/** Finds a real server with every plugin there is. */
async function findStore(name: "redis" | "postgres", plugin: string) {
  const store = await startStore(name);
  afterThisTest(() => store.stop());
  const registry = await loadRegistry(folders.plugins, createLog("fatal"));
  const { caller, touched } = await openDiscovery(registry.all());
  const { port } = new URL(store.url);
  const { proposals } = await caller.discovery.look();
  const found = proposals.filter(({ target }) => target.endsWith(`:${port}`));
  expect(found.map((one) => [one.plugin, one.target])).toEqual([[plugin, `127.0.0.1:${port}`]]);
  // It was not spoken to, nor was anything beside this machine.
  expect(touched.filter((one) => one.includes(`:${port}`))).toEqual([]);
  expect(touched.every((one) => /^GET (\/|https?:\/\/(127\.0\.0\.1|\[::1\]):)/.test(one))).toBe(true);
  return { found: found[0], port };
}

describeWith("redis", () => {
  test("a Redis on any port is found by the name of its process", async () => {
    const { found, port } = await findStore("redis", "redis");
    expect(found?.why).toEqual([
      expect.stringMatching(new RegExp(`^(redis|valkey)-server listens on 127.0.0.1:${port}$`)),
    ]);
    expect(found).toMatchObject({ likely: false, asks: null });
  });
});

describeWith("postgres", () => {
  test("a PostgreSQL is one service, however many processes it has", async () => {
    const { found, port } = await findStore("postgres", "postgres");
    expect(found?.config).toEqual({ host: "127.0.0.1", port: Number(port) });
    expect(found?.asks).toContain("password");
  });
});
