import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openServed } from "../../http/test-matrix";
import { connectUnity } from "../../remote/connect";

let folder: string;
let served: Awaited<ReturnType<typeof openServed>> | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-provision-"));
});
afterEach(async () => {
  await served?.close();
  served = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(more: Readonly<Record<string, string>> = {}) {
  served = await openServed({ UNITY_PROVISION: folder, ...more });
  served.unity.start();
  const { api } = connectUnity(served.url, { cookie: served.cookie });
  const { unity } = served;
  return {
    api,
    unity,
    lines: served.lines,
    put: (name: string, text: string) => writeFile(join(folder, name), `version: 1\n${text}`),
    rule: (name: string) => unity.alerts.book.rules().find((one) => one.name === name),
    instance: (name: string) => unity.instances.list().find((one) => one.name === name),
    state: async (id: string) => (await api.config.provision.state.query()).things.find((one) => one.id === id),
  };
}
const WAIT = { timeout: 15_000, interval: 50 };
const ruleOf = (limit: number, name = "Hot") =>
  `rules:\n  - { id: hot, name: ${name}, scope: { kind: all }, parts: [{ kind: value, metric: heat, is: above, limit: ${limit} }], severity: info, summary: x }\n`;
const limitOf = (rule: { readonly parts: readonly unknown[] } | undefined) =>
  (rule?.parts[0] as { limit: number } | undefined)?.limit;
const web = (id: string, name: string, more = "") =>
  `instances:\n  - { id: ${id}, plugin: web-service, name: ${name}, config: { address: "http://127.0.0.1:9" }${more} }\n`;

describe("a folder of files", () => {
  test("is applied at start and on change, and what nobody touched follows it", async () => {
    await writeFile(join(folder, "a.yaml"), `version: 1\n${web("door", "Door")}`);
    const { put, instance, rule, api } = await open();
    await expect.poll(() => instance("Door")?.id, WAIT).toBe("door");
    await put("b.yml", ruleOf(10));
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(10);
    await put("b.yml", ruleOf(20));
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(20);
    const managed = await api.config.provision.managed.query();
    expect(managed.map(({ id, file, state }) => [id, file, state])).toEqual([
      ["door", "a.yaml", "same"],
      ["hot", "b.yml", "same"],
    ]);
    await expect
      .poll(
        async () => (await api.audit.list.query({ action: "config.provision" })).entries.map(({ actor }) => actor),
        WAIT,
      )
      .toEqual(["file b.yml", "file b.yml", "file a.yaml"]);
  });

  test("what somebody changed here is never written over: both ways out of it", async () => {
    const { put, rule, api, unity, state } = await open();
    await put("a.yaml", ruleOf(10));
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(10);
    const { origin: _, id, ...draft } = unity.alerts.book.require("hot");
    await api.alerts.rule.update.mutate({ id, rule: { ...draft, name: "Mine" } });
    expect(await state("hot")).toMatchObject({
      state: "drift",
      why: "changed",
      changes: [{ path: "name", before: "Mine", after: "Hot" }],
    });
    await put("a.yaml", ruleOf(30));
    await expect.poll(async () => (await state("hot"))?.changes.length, WAIT).toBe(2);
    expect(rule("Mine")).toBeDefined();

    await api.config.provision.keepMine.mutate({ kind: "rule", id: "hot" });
    expect(await state("hot")).toMatchObject({ state: "kept" });
    await put("a.yaml", ruleOf(40));
    await expect.poll(async () => (await state("hot"))?.state, WAIT).toBe("drift");
    await api.config.provision.takeFile.mutate({ kind: "rule", id: "hot" });
    expect(limitOf(rule("Hot"))).toBe(40);
    expect(await state("hot")).toMatchObject({ state: "same", changes: [] });
    await put("a.yaml", ruleOf(50));
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(50);
  });

  test("what was there before the file, and what somebody removed, is drift as well", async () => {
    const { put, api, rule, state, instance } = await open();
    const nas = await api.plugins.create.mutate({
      plugin: "web-service",
      name: "NAS",
      config: { address: "http://127.0.0.1:1" },
    });
    await put("a.yaml", web("nas", "NAS") + ruleOf(1));
    await expect.poll(() => rule("Hot")?.id, WAIT).toBe("hot");
    // It is told by its name, and keeps the id that it has.
    expect(await state(nas.id)).toMatchObject({ state: "drift", why: "before" });
    expect(instance("NAS")?.config.address).toBe("http://127.0.0.1:1");
    await api.alerts.rule.remove.mutate({ id: "hot" });
    expect(await state("hot")).toMatchObject({ state: "drift", why: "removed" });
    await api.config.provision.takeFile.mutate({ kind: "instance", id: nas.id });
    expect(instance("NAS")?.config.address).toBe("http://127.0.0.1:9");
    expect(rule("Hot")).toBeUndefined();
  });

  test("a file that cannot be read changes nothing and is told; the last good one stays", async () => {
    const { put, rule, api, lines, unity } = await open();
    await put("a.yaml", ruleOf(1));
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(1);
    await put("b.yaml", "rules:\n  - name: [");
    await expect
      .poll(async () => (await api.config.provision.state.query()).problem, WAIT)
      .toContain("b.yaml: Line 3:");
    expect(lines.filter((line) => line.includes("the files of the configuration are not applied"))).toHaveLength(1);
    expect(unity.provisioner.problem()).toContain("b.yaml");
    expect(await (await fetch(`${served?.url}/readyz`)).text()).toContain(
      "the files of the configuration are not applied",
    );
    await put("a.yaml", ruleOf(2));
    await put("b.yaml", "rules: []");
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(2);
    expect((await api.config.provision.state.query()).problem).toBeNull();
  });

  test("what leaves the files stays and is shown; where pruning was asked for it is removed, unless somebody touched it", async () => {
    const { put, rule, state, api } = await open();
    await put("a.yaml", ruleOf(1));
    await expect.poll(() => rule("Hot"), WAIT).toBeDefined();
    await put("a.yaml", "rules: []");
    await expect.poll(async () => (await state("hot"))?.state, WAIT).toBe("left");
    expect(rule("Hot")).toBeDefined();
    await api.config.provision.keepMine.mutate({ kind: "rule", id: "hot" });
    expect(await state("hot")).toBeUndefined();
    await served?.close();

    const other = await open({ UNITY_PROVISION_PRUNE: "1" });
    await other.put("a.yaml", web("one", "One"));
    await other.put("b.yaml", web("two", "Two"));
    await expect.poll(() => other.instance("Two"), WAIT).toBeDefined();
    await other.api.plugins.update.mutate({ id: "two", tags: ["mine"] });
    await other.put("a.yaml", "instances: []");
    await other.put("b.yaml", "instances: []");
    await expect.poll(() => other.instance("One"), WAIT).toBeUndefined();
    expect(other.instance("Two")?.tags).toEqual(["mine"]);
    expect(await other.state("two")).toMatchObject({ state: "left" });
    // A folder that is not there, or empty, is one that was not mounted.
    await other.put("a.yaml", web("three", "Three"));
    await expect.poll(() => other.instance("Three"), WAIT).toBeDefined();
    await rm(folder, { recursive: true });
    await expect.poll(() => other.unity.provisioner.problem(), WAIT).toContain("is not there any more");
    expect(other.instance("Three")).toBeDefined();
  });

  test("is followed through links, as Kubernetes swaps them", async () => {
    const version = async (name: string, limit: number) => {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, "a.yaml"), `version: 1\n${ruleOf(limit)}`);
    };
    await version("..1", 1);
    await symlink("..1", join(folder, "..data"));
    await symlink(join("..data", "a.yaml"), join(folder, "a.yaml"));
    const { rule } = await open();
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(1);
    await version("..2", 2);
    await symlink("..2", join(folder, "..data_tmp"));
    await rename(join(folder, "..data_tmp"), join(folder, "..data"));
    await expect.poll(() => limitOf(rule("Hot")), WAIT).toBe(2);
  });

  test("secrets are neither shown nor compared in the clear", async () => {
    const secret = "PLANTED-in-a-file";
    const { put, instance, unity, api, state } = await open();
    await put(
      "a.yaml",
      `instances: [{ id: door, plugin: web-service, name: Door, config: { address: "http://127.0.0.1:9", username: u, password: ${secret} } }]\n`,
    );
    await expect.poll(() => instance("Door"), WAIT).toBeDefined();
    await api.plugins.update.mutate({
      id: "door",
      config: { address: "http://127.0.0.1:9", username: "u", password: "other" },
    });
    expect(await state("door")).toMatchObject({
      state: "drift",
      changes: [{ path: "config.password", before: "***", after: "***" }],
    });
    const stored = await readFile(join(served?.dataFolder ?? "", "unity.db"));
    expect(stored.includes(secret)).toBe(false);
    expect(JSON.stringify(await unity.provisioner.state())).not.toContain("PLANTED");
  });

  test("what cannot be read, or is too large, is told with its name", async () => {
    const { unity, put } = await open();
    await put("large.yaml", `# ${"x".repeat(1_048_576)}`);
    await expect.poll(() => unity.provisioner.problem(), WAIT).toBe("large.yaml is larger than a megabyte.");
    await rm(join(folder, "large.yaml"));
    await expect.poll(() => unity.provisioner.problem(), WAIT).toBeNull();
    await symlink("/nowhere/at/all", join(folder, "gone.yaml"));
    await expect
      .poll(() => unity.provisioner.problem(), WAIT)
      .toBe("gone.yaml cannot be read (ENOENT). Let Unity's user read it.");
  });

  test("the example of the docs is applied", async () => {
    const example = join(import.meta.dirname, "../../../docs/examples/provision");
    const { api } = await open({ UNITY_PROVISION: example });
    const states = async () =>
      (await api.config.provision.state.query()).things.map(({ id, state }) => `${id} ${state}`);
    await expect
      .poll(async () => (await states()).toSorted(), WAIT)
      .toEqual([
        ...["critical same", "parents same", "phone same", "retention same", "router same", "sunday same", "wiki same"],
        "wiki-slow same",
      ]);
  });
});
