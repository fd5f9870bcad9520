import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { createPostgresDatabase } from "../db/test-servers";
import { readEnv } from "../env";
import { createLog } from "../log";
import { openUnity } from "../open-unity";
import { startTarget, TEST_KEY } from "./test-unity";

const WITHIN = { timeout: 40_000 };

describeWith("postgres", (server) => {
  test("two share a database: what is done with an alert in one of them is done by the other, which has it", async () => {
    const database = await createPostgresDatabase(server);
    onTestFinished(() => database.drop());
    const target = await startTarget();
    onTestFinished(target.close);
    const open = async (host: string) => {
      const folder = await mkdtemp(join(tmpdir(), "unity-deeds-"));
      const env = { DATABASE_URL: database.url, UNITY_HOSTNAME: host, UNITY_DATA: folder, UNITY_SECRET_KEY: TEST_KEY };
      const unity = await openUnity(readEnv(env), createLog("silent"));
      unity.start();
      onTestFinished(async () => {
        await unity.stop(1_000);
        await rm(folder, { recursive: true, force: true });
      });
      return unity;
    };
    const first = await open("nas");
    for (let index = 0; index < 20; index++)
      await first.instances.create({
        plugin: "web-service",
        name: `service ${index}`,
        host: "elsewhere",
        config: { address: target.address(`/${index}`) },
        intervalSeconds: 5,
      });
    await first.alerts.book.create({
      name: "It is asked",
      scope: { kind: "plugin", plugin: "web-service" },
      parts: [{ kind: "value", metric: "unity_collector_up", is: "above", limit: -1 }],
      severity: "warning",
      summary: "x",
    });
    const second = await open("pi");
    const services = () => first.instances.list().filter(({ plugin }) => plugin === "web-service");
    const ofFirst = () => services().filter(({ id }) => first.cluster.holds(id));
    const ofSecond = () => services().filter(({ id }) => second.cluster.holds(id));
    await expect.poll(() => ofFirst().length > 0 && ofSecond().length > 0, WITHIN).toBe(true);
    const mine = () => second.alerts.open().find(({ instanceId }) => ofSecond().some(({ id }) => id === instanceId));
    await expect.poll(mine, WITHIN).toBeDefined();
    const id = mine()?.id ?? "";
    await expect.poll(async () => (await first.alerts.standing()).some((one) => one.id === id), WITHIN).toBe(true);

    await first.alerts.acknowledge(id, { by: "anna", note: "", until: "over" });
    expect(second.alerts.open().find((one) => one.id === id)?.acknowledged?.by).toBe("anna");
    await first.alerts.resolve(id, "anna");
    expect(second.alerts.open().some((one) => one.id === id)).toBe(false);
    const events = await first.alerts.history({ alertId: id, limit: 9 });
    expect(events.map(({ event, actor }) => [event, actor])).toEqual([
      ["resolved", "anna"],
      ["acknowledged", "anna"],
      ["firing", null],
    ]);
  }, 120_000);
});
