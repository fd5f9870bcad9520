import { expect, test } from "vitest";
import { runPlugin } from "../../scripts/run-plugin";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { startPihole } from "./test-pihole";

const PASSWORD = "an app password";

/** Runs of one instance, a minute apart. */
function setUp(url: string, password = PASSWORD) {
  const clock = { now: 1_790_000_000_000 };
  const memory = createMemory(() => clock.now);
  const config = { type: "pihole", url, password, probeNames: [] };
  return async () => {
    clock.now += 60_000;
    return (await runPlugin(plugin, config, { memory, now: clock.now })).collected;
  };
}

test("twenty runs log in once", async () => {
  const pihole = await startPihole(PASSWORD);
  const collect = setUp(pihole.url);
  for (let run = 0; run < 20; run += 1) expect((await collect()).failure).toBeUndefined();
  expect(pihole.logins()).toBe(1);
});

test("logs in again when the session has ended", async () => {
  const pihole = await startPihole(PASSWORD);
  const collect = setUp(pihole.url);
  await collect();
  pihole.expireSessions();
  expect((await collect()).failure).toBeUndefined();
  expect(pihole.logins()).toBe(2);
});

test("a wrong password is tried once in five minutes", async () => {
  const pihole = await startPihole(PASSWORD);
  const collect = setUp(pihole.url, "wrong");
  for (let run = 0; run < 5; run += 1) expect((await collect()).failure?.reason).toBe("auth");
  expect(pihole.logins()).toBe(1);
  await collect();
  expect(pihole.logins()).toBe(2);
});

test("says so when all sessions are taken", async () => {
  const pihole = await startPihole(PASSWORD);
  for (let client = 0; client < 16; client += 1) await setUp(pihole.url)();
  expect((await setUp(pihole.url)()).failure).toMatchObject({ reason: "rate_limited" });
});
