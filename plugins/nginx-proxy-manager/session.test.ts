import { expect, test } from "vitest";
import { runPlugin } from "../../scripts/run-plugin";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { startNpm } from "./test-npm";

const USER = { identity: "unity@lab.example", secret: "a password" };

/** Runs of one instance, so many minutes apart. */
function setUp(url: string, password = USER.secret) {
  const clock = { now: 1_790_000_000_000 };
  const memory = createMemory(() => clock.now);
  return async (minutesLater = 1) => {
    clock.now += minutesLater * 60_000;
    const config = { url, username: USER.identity, password };
    return (await runPlugin(plugin, config, { memory, now: clock.now })).collected;
  };
}

test("logs in once and renews the token every six hours", async () => {
  const npm = await startNpm(USER);
  const collect = setUp(npm.url);
  for (const minutes of [1, 1, 359, 1, 360]) {
    const { failure, partial } = await collect(minutes);
    expect([failure, partial]).toEqual([undefined, []]);
  }
  expect([npm.logins(), npm.renewals()]).toEqual([1, 2]);
});

test("logs in again when the token has ended, whatever status says so", async () => {
  const npm = await startNpm(USER);
  const collect = setUp(npm.url);
  await collect();
  npm.expireTokens();
  expect((await collect()).failure).toBeUndefined();
  expect(npm.logins()).toBe(2);
});

test("a wrong password is tried once in five minutes, and the API is watched all the same", async () => {
  const npm = await startNpm(USER);
  const collect = setUp(npm.url, "wrong");
  for (let run = 0; run < 5; run += 1) {
    const { failure, readings } = await collect();
    expect(failure?.reason).toBe("auth");
    expect(readings).toContainEqual({ metric: "npm_api_up", value: 1, labels: {} });
    expect(readings).toContainEqual({ metric: "npm_login_ok", value: 0, labels: {} });
  }
  expect(npm.logins()).toBe(1);
});
