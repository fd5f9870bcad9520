import { afterAll, beforeAll, expect, test } from "vitest";
import { openServed } from "../http/test-matrix";
import { connectUnity } from "../remote/connect";
import { parseConfig } from "./config-yaml";

let house: Awaited<ReturnType<typeof openServed>>;
let other: Awaited<ReturnType<typeof openServed>>;
const SECRET = "hunter-PLANTED-2";
beforeAll(async () => {
  [house, other] = [await openServed(), await openServed({ UNITY_HOSTNAME: "other" })];
}, 60_000);
afterAll(async () => {
  await house?.close();
  await other?.close();
});
const apiOf = (served: typeof house) => connectUnity(served.url, { cookie: served.cookie }).api;
const apply = (served: typeof house, yaml: string, more: object = {}) =>
  apiOf(served).config.import.mutate({ files: [{ yaml }], dryRun: false, ...more });

test("a household goes to a file without its secrets, comes back unchanged, and is made anew elsewhere", async () => {
  const api = apiOf(house);
  const router = await api.plugins.create.mutate({
    plugin: "web-service",
    name: "Router",
    tags: ["net"],
    config: { address: "http://127.0.0.1:9", username: "me", password: SECRET },
  });
  const nas = await api.plugins.create.mutate({
    plugin: "web-service",
    name: "NAS",
    enabled: false,
    config: { address: "tcp://127.0.0.1:9", token: `\${UNITY_SECRET_NAS}` },
  });
  await api.silences.parents.set.mutate({
    links: [{ child: { kind: "instance", instance: nas.id }, parent: router.id }],
  });
  await api.alerts.rule.create.mutate({
    name: "Router down",
    scope: { kind: "instance", instance: router.id },
    parts: [{ kind: "failing", runs: 3 }],
    severity: "critical",
    summary: "x",
  });
  await api.storage.keep.mutate({
    ...{ rawDays: 10, hourlyDays: 100, dailyDays: 1_000, alertsDays: 5, runsDays: 3, auditDays: 9 },
    ...{ plugins: { disk: 20 }, budgetBytes: null },
  });
  const { yaml } = await api.config.export.query();
  expect(yaml).not.toContain("PLANTED");
  expect(yaml).toContain(`\${UNITY_SECRET_NAS}`);
  const again = await apply(house, yaml, { removeMissing: true });
  // Nobody had set what is sent, so that it is set from now on.
  expect(again).toMatchObject({
    added: [{ kind: "setting", id: "notifications" }],
    changed: [],
    missing: [],
    notes: [],
  });

  // Those of the other machine's own have the same names: they are the same things.
  const report = await apply(other, yaml);
  expect(report.notes).toContain('"Router" is paused until this is typed in: Password.');
  const made = await apiOf(other).plugins.instances.query();
  expect(made.find(({ id }) => id === router.id)).toMatchObject({ name: "Router", enabled: false, tags: ["net"] });
  expect(await apiOf(other).silences.parents.get.query()).toEqual([
    { child: { kind: "instance", instance: nas.id }, parent: router.id },
  ]);
  expect((await apiOf(other).storage.overview.query()).retention).toMatchObject({ rawDays: 10, plugins: { disk: 20 } });
  expect((await apply(other, yaml)).changed).toEqual([]);
});

test("one thing, or one part, is exported alone", async () => {
  const api = apiOf(house);
  const router = (await api.plugins.instances.query()).find(({ name }) => name === "Router");
  const { yaml } = await api.config.export.query({ thing: { kind: "instance", id: router?.id ?? "" } });
  const { file } = parseConfig([{ name: null, text: yaml }]);
  expect(Object.keys(file)).toEqual(["instances"]);
  expect(file.instances).toMatchObject([{ id: router?.id, config: { password: "***" } }]);
  expect((await api.config.export.query({ parts: ["settings"] })).yaml).toMatch(/^version: 1\nsettings:/);
  await expect(api.config.export.query({ thing: { kind: "rule", id: "nobody" } })).rejects.toThrow(
    "nothing of this kind",
  );
});

test("names stand for ids within and across files, and everything is applied or nothing", async () => {
  const api = apiOf(other);
  const files = [
    {
      name: "rules.yaml",
      yaml: `version: 1
rules:
  - name: Printer
    scope: { kind: instance, instance: Printer }
    parts: [{ kind: failing }]
    severity: info
    summary: x
parents:
  - { child: { kind: instance, instance: printer }, parent: Router }
`,
    },
    {
      name: "things.yaml",
      yaml: `version: 1
instances:
  - { id: printer, plugin: web-service, name: Printer, config: { address: "http://127.0.0.1:9" } }
  - { plugin: web-service, name: Broken, config: { address: 5 } }
`,
    },
  ];
  await expect(api.config.import.mutate({ files, dryRun: false })).rejects.toThrow(
    /^things.yaml: Line 4: instances, number 2/,
  );
  expect((await api.plugins.instances.query()).some(({ name }) => name === "Printer")).toBe(false);
  const good = files.map(({ name, yaml }) => ({
    name,
    yaml: yaml.replace("address: 5", "address: 'http://127.0.0.1:9'"),
  }));
  expect((await api.config.import.mutate({ files: good })).applied).toBe(false);
  await api.config.import.mutate({ files: good, dryRun: false });
  const rule = (await api.alerts.rule.list.query()).find(({ name }) => name === "Printer");
  expect(rule?.scope).toEqual({ kind: "instance", instance: "printer" });
  expect((await api.silences.parents.get.query()).map(({ child }) => child)).toEqual([
    { kind: "instance", instance: "printer" },
  ]);
  const again = await api.config.import.mutate({ files: good.toReversed() });
  expect(again).toMatchObject({ added: [], changed: [], notes: [] });
});

test.each([
  ["parents: [{ child: { kind: host, host: a }, parent: Nobody }]", 'There is no instance "Nobody"'],
  ["instances: [{ plugin: nothing, name: x }]", 'There is no plugin "nothing".'],
  ["instances: [{ plugin: web-service, name: x, config: { adress: y } }]", "This is no setting of Web service."],
  ["instances: [{ plugin: disk, name: x, intervalSeconds: 1 }]", "The interval must be between"],
  ["instances: [{ plugin: disk, name: x }, { plugin: disk, name: x }]", 'There are two of the name "x".'],
  ["settings: { retention: { rawDays: 500 } }", "Hourly averages are kept at least as long"],
])("%s is refused, saying why", async (line, message) => {
  await expect(apply(house, `version: 1\n${line}\n`)).rejects.toThrow(message);
});

test("only an admin imports, and what was changed is in the audit log without secrets", async () => {
  await apply(
    house,
    `version: 1\ninstances: [{ plugin: web-service, name: Door, config: { address: "http://127.0.0.1:9", username: u, password: ${SECRET} } }]`,
  );
  await expect
    .poll(async () => JSON.stringify(await apiOf(house).audit.list.query({ action: "config.import" })))
    .toContain("Door");
  expect(JSON.stringify(await apiOf(house).audit.list.query({}))).not.toContain("PLANTED");
});
