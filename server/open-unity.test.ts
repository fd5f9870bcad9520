import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openReceiver } from "./alerts/deliver/test-receiver";
import { readEnv } from "./env";
import { createLog } from "./log";
import { openUnity } from "./open-unity";

/** What a plugin and a channel say of a server of this machine, by an address that is refused unless it is allowed. */
async function reach(allowed: string) {
  const folder = await mkdtemp(join(tmpdir(), "unity-open-"));
  const receiver = await openReceiver();
  const env = readEnv({ UNITY_DATA: folder, UNITY_ALLOW_ADDRESSES: allowed });
  const unity = await openUnity(env, createLog("silent"));
  onTestFinished(async () => {
    await unity.stop(1_000);
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  });
  // Linux connects it to this machine.
  const url = `http://0.0.0.0:${new URL(receiver.url).port}/hook`;
  const instance = await unity.instances.create({ plugin: "web-service", name: "Here", config: { address: url } });
  const { partial, failure } = await unity.runner.run(instance, Date.now());
  const channel = await unity.channels.book.create({ kind: "webhook", name: "Here", enabled: true, config: { url } });
  const told = await unity.channels.test(channel);
  return {
    reasons: [failure, ...partial].flatMap((one) => one?.reason ?? []),
    told,
    heard: [...new Set(receiver.received.map(({ method }) => method))],
  };
}

test("what whoever runs Unity allows, plugins and channels connect to", async () => {
  expect(await reach("0.0.0.0")).toMatchObject({ reasons: [], told: { ok: true }, heard: ["GET", "POST"] });
});

test("without it, neither does", async () => {
  const { reasons, told, heard } = await reach("");
  expect(reasons).toEqual(["permission"]);
  expect(told).toMatchObject({ ok: false, again: false, answer: expect.stringContaining("UNITY_ALLOW_ADDRESSES") });
  expect(heard).toEqual([]);
});

test("in a container, what watches the machine looks where its folders are", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unity-host-"));
  const host = join(folder, "host");
  await mkdir(join(host, "root/etc"), { recursive: true });
  await writeFile(join(host, "root/etc/hostname"), "attic-nas\n");
  for (const name of ["proc", "sys"]) await symlink(`/${name}`, join(host, name));
  const env = readEnv({
    UNITY_DATA: join(folder, "data"),
    UNITY_HOST_PROC: join(host, "proc"),
    UNITY_HOST_SYS: join(host, "sys"),
    UNITY_HOST_ROOT: join(host, "root"),
  });
  const unity = await openUnity(env, createLog("silent"));
  onTestFinished(async () => {
    await unity.stop(1_000);
    await rm(folder, { recursive: true, force: true });
  });
  const own = new Map(unity.instances.list().map((instance) => [instance.plugin, instance]));
  expect([...own.values()].map(({ host: name }) => name)).toEqual([...own].map(() => "attic-nas"));
  const given = (plugin: string) => {
    const { procRoot, sysRoot, rootPrefix } = own.get(plugin)?.config ?? {};
    return [procRoot, sysRoot, rootPrefix].map((path) => (typeof path === "string" ? path.slice(host.length) : path));
  };
  expect(given("system-info")).toEqual(["/proc", "/sys", "/root"]);
  expect(given("disk")).toEqual(["/proc", "/sys", "/root"]);
  expect(given("network").slice(0, 2)).toEqual(["/proc", "/sys"]);
  expect(given("process")[0]).toBe("/proc");
  expect(given("temperature")[1]).toBe("/sys");
});
