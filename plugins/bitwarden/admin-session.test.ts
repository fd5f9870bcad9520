import { expect, test } from "vitest";
import { runPlugin } from "../../scripts/run-plugin";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { startVaultwarden } from "./test-vaultwarden";

const TOKEN = "an admin token & more";

/** A server, and runs of one instance, a minute apart. */
async function setUp(adminToken = TOKEN) {
  const clock = { now: 1_790_000_000_000 };
  const vaultwarden = await startVaultwarden(TOKEN, () => clock.now);
  const memory = createMemory(() => clock.now);
  const collect = async () => {
    clock.now += 60_000;
    const { collected } = await runPlugin(plugin, { url: vaultwarden.url, adminToken }, { memory, now: clock.now });
    expect(collected.failure).toBeUndefined();
    const read = (metric: string) => collected.readings.find((reading) => reading.metric === metric)?.value;
    return { ...collected, read };
  };
  return { collect, vaultwarden };
}

test("ten runs log in once", async () => {
  const { collect, vaultwarden } = await setUp();
  for (let run = 0; run < 10; run += 1) {
    const { partial, read } = await collect();
    expect(partial).toEqual([]);
    expect(read("vault_users_two_factor")).toBe(1);
    expect(read("vault_clock_skew_seconds")).toBe(0);
  }
  expect(vaultwarden.logins()).toBe(1);
});

test("logs in again when the session has ended", async () => {
  const { collect, vaultwarden } = await setUp();
  await collect();
  vaultwarden.expireSessions();
  expect((await collect()).read("vault_admin_login_ok")).toBe(1);
  expect(vaultwarden.logins()).toBe(2);
});

test("a wrong token is tried once in five minutes, and the vault is watched all the same", async () => {
  const { collect, vaultwarden } = await setUp("wrong");
  for (let run = 0; run < 10; run += 1) {
    const { partial, read } = await collect();
    expect(partial.map(({ reason }) => reason)).toEqual(["auth"]);
    expect(read("vault_admin_login_ok")).toBe(0);
    expect(read("vault_alive")).toBe(1);
  }
  expect(vaultwarden.logins()).toBe(2);
});
