import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { parseDatabaseUrl, type ServerPlace } from "./database-place";
import { type Ears, openPostgresWire, type Wire } from "./postgres-notify";
import { openRedisWire } from "./redis-wire";
import { startProxy, type TestProxy } from "./test-proxy";
import { createPostgresDatabase } from "./test-servers";

/** Two that listen, and what they heard. */
async function openBoth(open: (ears: Ears) => Wire) {
  const heard: [string[], string[]] = [[], []];
  const opened = [0, 0];
  const wires = [0, 1].map((index) =>
    open({
      heard: (text) => void heard[index]?.push(text),
      opened() {
        opened[index] = (opened[index] ?? 0) + 1;
      },
    }),
  );
  onTestFinished(async () => void (await Promise.all(wires.map((wire) => wire.close()))));
  const openedAll = (times: number) => expect.poll(() => Math.min(...opened), { timeout: 30_000 }).toBe(times);
  const [first, second] = wires;
  if (!first || !second) throw new Error("There are two.");
  await openedAll(1);
  return { first, second, heard, openedAll };
}

async function expectHeard({ first, second, heard }: Awaited<ReturnType<typeof openBoth>>, text: string) {
  await expect.poll(() => first.send(text), { timeout: 15_000 }).toBe(true);
  await expect.poll(() => heard.every((texts) => texts.includes(text)), { timeout: 5_000 }).toBe(true);
  const back = `${text} back`;
  await expect.poll(() => second.send(back), { timeout: 15_000 }).toBe(true);
  await expect.poll(() => heard.every((texts) => texts.includes(back)), { timeout: 5_000 }).toBe(true);
}

describeWith("postgres", (server) => {
  test("what one says all hear, whole, and again after their connections were cut", async () => {
    const database = await createPostgresDatabase(server);
    onTestFinished(() => database.drop());
    const place = parseDatabaseUrl(database.url) as ServerPlace;
    const both = await openBoth((ears) => openPostgresWire(place, ears));
    await expectHeard(both, `it's "so" ${"✓".repeat(2_600)}`);
    await database.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await both.openedAll(2);
    await expectHeard(both, "again");
  });
});

describeWith("redis", (server) => {
  test("what one says all hear, whole, and again after their connections were cut", async () => {
    const both = await openBoth((ears) => openRedisWire(server, "unity:news:test", ears));
    await expectHeard(both, `it's "so" ${"✓".repeat(20_000)}`);
    const admin = new Redis(server);
    onTestFinished(() => void admin.disconnect());
    await admin.call("client", "kill", "type", "pubsub");
    await both.openedAll(2);
    await expectHeard(both, "again");
  });
});

/** The same address by another way. */
async function openWay(address: string): Promise<{ url: string; proxy: TestProxy }> {
  const url = new URL(address);
  const proxy = await startProxy(Number(url.port));
  onTestFinished(proxy.close);
  url.port = String(proxy.port);
  return { url: url.href, proxy };
}

describeWith("postgres", (server) => {
  test("a connection that is cut while it begins to listen is given up, and the next one listens", async () => {
    const database = await createPostgresDatabase(server);
    onTestFinished(() => database.drop());
    const { url, proxy } = await openWay(database.url);
    proxy.cutAt("listen unity_");
    let opened = 0;
    const ears = { heard: () => undefined, opened: () => void opened++ };
    const wire = openPostgresWire(parseDatabaseUrl(url) as ServerPlace, ears);
    onTestFinished(wire.close);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    proxy.cutAt("nothing that anybody says");
    await expect.poll(() => opened, { timeout: 20_000 }).toBe(1);
  }, 40_000);
});

describeWith("redis", (server) => {
  test("a connection that was cut on the way is noticed by who only listens, and by who only speaks", async () => {
    const { url, proxy } = await openWay(server);
    const both = await openBoth((ears) => openRedisWire(url, "unity:news:cut", ears));
    await expectHeard(both, "before");
    proxy.cut();
    await both.openedAll(2);
    await expectHeard(both, "after");
  }, 60_000);

  test("news that did not reach everybody are carried by somebody else, too", async () => {
    const { first } = await openBoth((ears) => openRedisWire(server, "unity:news:few", ears));
    expect(await first.send("to two", 2)).toBe(true);
    expect(await first.send("to three", 3)).toBe(false);
  });
});

test("without a server nothing is sent, and nobody waits", async () => {
  const ears = { heard: () => undefined, opened: () => undefined };
  const place = parseDatabaseUrl("postgres://u:p@127.0.0.1:9/none") as ServerPlace;
  const wires = [openPostgresWire(place, ears), openRedisWire("redis://127.0.0.1:9", "c", ears)];
  for (const wire of wires) expect(await wire.send("text")).toBe(false);
  await Promise.all(wires.map((wire) => wire.close()));
});
