import { expect, test } from "vitest";
import { z } from "zod";
import { CollectError, definePlugin, type Plugin } from "../../plugins/sdk";
import { secret } from "../../plugins/sdk/config";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { testSecrets } from "../vault/test-vault";
import { createDoors } from "./doors/doors";
import type { Instance } from "./instance";
import { createRunner } from "./run";

const PASSWORD = "hunter2/öß";

/** Says in every way that it has what it was told. */
const loud: Plugin = definePlugin({
  id: "loud",
  name: "Loud",
  summary: "Repeats its password.",
  category: "system",
  tier: 0,
  kind: "network",
  intervalSeconds: 10,
  config: z.object({ fails: z.boolean().default(true), password: secret() }),
  metrics: { loud_length: { kind: "gauge", unit: "count", description: "Of its password.", labels: [] } },
  alerts: [],
  board: [],
  async collect({ config: { password, fails }, log }, report) {
    log.warn(`told ${password}`, { password_: password, err: new Error(encodeURIComponent(password)) });
    report("loud_length", password.length, {});
    report.partial("protocol", `GET /?p=${encodeURIComponent(password)}`);
    const basic = Buffer.from(`anna:${password}`).toString("base64");
    if (fails) throw new CollectError("auth", `refused ${basic}`, { hint: `not ${password}` });
  },
});

function open() {
  const lines: string[] = [];
  const log = createLog("debug", { write: (line: string) => void lines.push(line) });
  const runner = createRunner({
    plugin: () => loud,
    openDoors: createDoors,
    secrets: testSecrets,
    clock: systemClock,
    log,
  });
  const run = (config: Instance["config"]) =>
    runner.run(
      {
        ...{ id: "i1", plugin: "loud", name: "Loud", host: "h", enabled: true, config, tags: [] },
        ...{ intervalSeconds: 10, timeoutMs: 5_000, createdAt: 0, updatedAt: 0 },
      },
      1_000,
    );
  return { lines, run };
}

test.each([true, false])("what a plugin says has no secret, whether it fails or not: %s", async (fails) => {
  const { run, lines } = open();
  const { readings, failure, partial } = await run({ password: PASSWORD, fails });
  expect(readings).toEqual([{ metric: "loud_length", value: PASSWORD.length, labels: {} }]);
  expect(partial).toEqual([{ reason: "protocol", message: "GET /?p=***" }]);
  if (fails) expect(failure).toMatchObject({ reason: "auth", hint: "not ***" });
  const said = JSON.stringify({ failure, partial, lines });
  for (const way of [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`anna:${PASSWORD}`).toString("base64")])
    expect(said).not.toContain(way);
  expect(lines).toHaveLength(1);
});

test("a reference is what it stands for, and what is not there fails the run", async () => {
  const { run } = open();
  process.env.UNITY_SECRET_LOUD = "four";
  expect((await run({ password: `\${UNITY_SECRET_LOUD}`, fails: false })).readings[0]?.value).toBe(4);
  delete process.env.UNITY_SECRET_LOUD;
  expect(await run({ password: `\${UNITY_SECRET_LOUD}` })).toMatchObject({
    readings: [],
    attempts: 1,
    failure: { reason: "config", message: "The variable UNITY_SECRET_LOUD is not set, and a secret refers to it." },
  });
});

test("a secret that cannot be read fails its own instance, and says why", async () => {
  const { run } = open();
  const elsewhere = testSecrets.seal({ table: "plugins", row: "i2" }, loud.config, { password: PASSWORD });
  expect(await run(testSecrets.open({ table: "plugins", row: "i1" }, elsewhere))).toMatchObject({
    failure: {
      reason: "config",
      message: "The secret password cannot be read: it was changed or moved outside of Unity.",
      hint: "Enter it anew.",
    },
  });
  expect((await run({ password: PASSWORD, fails: false })).failure).toBeUndefined();
});
