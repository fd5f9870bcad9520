import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { connectClient } from "../../bench/load/client";
import { findPort } from "../../scripts/services/find-port";
import { NODE_FLAGS, NODE_MEMORY } from "../../scripts/start/node-flags.mjs";
import { ADMIN } from "../../server/http/test-sign-in";
import { openCompose } from "./compose";

const IMAGE = `unity-test:${process.pid}`;
const NEXT = `unity-test-next:${process.pid}`;
/** As `docs/install.md` promises. */
const HEALTHY_WITHIN_MS = 60_000;
/** What was measured so long ago is in, and its bucket is over. */
const SETTLED_MS = 20_000;
const port = await findPort();
const url = `http://127.0.0.1:${port}`;
const unity = openCompose(`unity-test-${process.pid}`, {
  UNITY_IMAGE: IMAGE,
  UNITY_PORT: String(port),
  UNITY_HOSTNAME: "attic",
});
let cookie = "";

afterAll(async () => {
  await unity.compose(["down", "-v"]).catch(() => {});
  await unity.docker("image", "rm", "-f", IMAGE, NEXT).catch(() => {});
});

async function withApi<T>(ask: (api: ReturnType<typeof connectClient>["api"]) => Promise<T>): Promise<T> {
  const { api, close } = connectClient({ url, cookie });
  return ask(api).finally(close);
}
const latestOf = (plugin: string, metric: string) =>
  withApi(async (api) => {
    const instance = (await api.plugins.instances.query()).find((one) => one.plugin === plugin);
    const series = await api.metrics.latest.query({ instance: instance?.id ?? "" });
    return series.filter((one) => one.metric === metric);
  });

test("it is built, is not large, and starts Node as npm start does", async () => {
  // Without a value, it is that of this process.
  const way = ["NPM_CONFIG_REGISTRY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"].filter((name) => process.env[name]);
  await unity.docker("build", "--network=host", ...way.map((name) => `--build-arg=${name}`), "-t", IMAGE, ".");
  expect(await unity.compressedBytes(IMAGE)).toBeLessThan(200e6);
  const format = "{{json .Config}}";
  const config = JSON.parse(await unity.docker("image", "inspect", "-f", format, IMAGE)) as Record<string, string[]>;
  expect(config.Entrypoint).toEqual(["node", ...NODE_FLAGS, "main.js"]);
  expect(config.Env).toEqual(
    expect.arrayContaining(Object.entries(NODE_MEMORY).map(([name, value]) => `${name}=${value}`)),
  );
  // What built it stays behind.
  const layers = await unity.docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", IMAGE);
  expect(layers).not.toContain("npm install");
});

test("docker compose up: it is healthy, and shows this machine live", async () => {
  await unity.compose(["up", "-d", "--no-build", "unity"]);
  await unity.healthy("unity", HEALTHY_WITHIN_MS);
  const log = await unity.docker("logs", await unity.idOf("unity"));
  const token = /"setupToken":"([^"]+)"/.exec(log)?.[1];
  const post = (body: object) =>
    fetch(`${url}/api/first-run`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  // Whoever comes from outside the container is not at the machine: without the token, nobody is made.
  expect((await post(ADMIN)).status).toBe(403);
  const made = await post({ ...ADMIN, token });
  expect(made.status).toBe(200);
  cookie = made.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");

  const total = Number(/^MemTotal:\s+(\d+)/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) * 1_024;
  const [memory] = await latestOf("system-info", "system_memory_total_bytes");
  expect(memory?.latest?.value).toBe(total);
  const instances = await withApi((api) => api.plugins.instances.query());
  expect(instances.map(({ plugin }) => plugin).toSorted()).toEqual(
    expect.arrayContaining(["disk", "network", "process", "system-info"]),
  );
  expect(new Set(instances.map(({ host }) => host))).toEqual(new Set(["attic"]));
  const before = (await latestOf("system-info", "system_memory_available_bytes"))[0]?.latest?.at ?? 0;
  await pause(15_000);
  expect((await latestOf("system-info", "system_memory_available_bytes"))[0]?.latest?.at).toBeGreaterThan(before);
  const interfaces = await latestOf("network", "network_receive_bytes_total");
  const own = readFileSync("/proc/1/net/dev", "utf8").match(/^\s*([^\s:]+):/gm) ?? [];
  const names = own.map((line) => line.trim().slice(0, -1)).filter((name) => /^(eth|en|wl)/.test(name));
  expect(interfaces.map(({ labels }) => labels.interface)).toEqual(expect.arrayContaining(names));
  const [whole] = (await latestOf("disk", "disk_size_bytes")).filter(({ labels }) => labels.mount === "/");
  const { blocks, bsize } = await statfs("/");
  expect(whole?.latest?.value).toBe(blocks * bsize);
  // None of what watches this machine has a complaint that the container makes; sensors are not everywhere.
  const watching = (await withApi((api) => api.plugins.instances.query())).filter(
    ({ plugin }) => plugin !== "temperature",
  );
  expect(watching.map(({ plugin, status }) => [plugin, status.health, status.message])).toEqual(
    watching.map(({ plugin }) => [plugin, "healthy", null]),
  );
});

test("it is a normal user without privileges, can write to nothing but its data, and has no compiler", async () => {
  const status = await unity.exec("unity", "cat", "/proc/self/status");
  expect(status).toMatch(/^Uid:\s+1000\s+1000\s+1000\s+1000$/m);
  for (const set of ["CapPrm", "CapEff", "CapBnd"]) expect(status).toMatch(new RegExp(`^${set}:\\s+0+$`, "m"));
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  for (const path of ["/x", "/unity/x", "/host/root/tmp/x", "/host/sys/x"])
    expect(await unity.exec("unity", "touch", path)).toMatch(/Read-only file system|Permission denied|No such file/);
  for (const path of ["/data/x", "/tmp/x"]) expect(await unity.exec("unity", "touch", path)).toBe("");
  for (const program of ["cc", "gcc", "g++", "make", "python3"])
    expect(await unity.exec("unity", "sh", "-c", `command -v ${program} || echo none`)).toBe("none\n");
});

test("it stays within the memory that it is given", async () => {
  expect(await unity.inspect("unity", "{{.HostConfig.Memory}}")).toBe(String(256 * 1_048_576));
  expect(await unity.inspect("unity", "{{.State.OOMKilled}} {{.RestartCount}}")).toBe("false 0");
  // Docker's own first process is beside it, and children of plugins come and go.
  const processes = await unity.exec("unity", "sh", "-c", "cat /proc/[0-9]*/status");
  const resident = [...processes.matchAll(/^VmRSS:\s+(\d+) kB$/gm)].map(([, kilobytes]) => Number(kilobytes) / 1_024);
  expect(Math.max(...resident)).toBeGreaterThan(50);
  expect(resident.reduce((sum, one) => sum + one, 0)).toBeLessThan(256);
});

test("its commands are there, for who is at the machine", async () => {
  expect(await unity.exec("unity", "unity", "people", "list")).toContain(ADMIN.username);
  expect(await unity.exec("unity", "unity", "backup", "/data/unity.backup")).not.toMatch(/Error|cannot/);
  expect(await unity.exec("unity", "sh", "-c", "test -s /data/unity.backup && echo there")).toBe("there\n");
});

/** Who is signed in asks for the instances, and for what was measured in a window that is over. */
const keptOf = (to: number) =>
  withApi(async (api) => {
    const instances = await api.plugins.instances.query();
    const system = instances.find(({ plugin }) => plugin === "system-info");
    const metrics = ["system_memory_available_bytes"];
    const window = { from: to - 3_600_000, to, maxPoints: 3_000 };
    const { lines } = await api.metrics.range.query({ instance: system?.id ?? "", metrics, ...window });
    const samples = lines[0]?.avg.filter((value) => value !== null) ?? [];
    return { ids: instances.map(({ id }) => id).toSorted(), samples };
  });

test("a restart keeps everything, and who is signed in", async () => {
  const past = Date.now() - SETTLED_MS;
  const before = await keptOf(past);
  expect(before.samples.length).toBeGreaterThan(1);
  await unity.compose(["restart", "unity"]);
  await unity.healthy("unity", HEALTHY_WITHIN_MS);
  expect(await keptOf(past)).toEqual(before);
});

test("another image on the same volume keeps everything, and who is signed in", async () => {
  const past = Date.now() - SETTLED_MS;
  const before = await keptOf(past);
  const here = "e2e/container";
  await unity.docker("build", `--build-arg=BEFORE=${IMAGE}`, "-t", NEXT, "-f", `${here}/next.Dockerfile`, here);
  await unity.compose(["up", "-d", "--no-build", "unity"], { UNITY_IMAGE: NEXT });
  await unity.healthy("unity", HEALTHY_WITHIN_MS);
  expect(await unity.exec("unity", "cat", "package.json")).toContain('"version":"99.0.0"');
  expect(await keptOf(past)).toEqual(before);
});

test("the full profile is valid, and hands out nothing that a password was not set for", async () => {
  const shown = await unity.compose(["--env-file", "docs/examples/full.env", "--profile", "full", "config"]);
  for (const service of ["unity", "database", "cache", "docker"])
    expect(shown).toMatch(new RegExp(`^ {2}${service}:`, "m"));
  expect(shown).toContain("postgres://unity:change-me@database:5432/unity");
  const alone = await unity.compose(["config", "--services"]);
  expect(alone.trim().split("\n")).toContain("unity");
});
