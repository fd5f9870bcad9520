import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseConfig } from "../configuration/config-yaml";
import { mapConditions } from "./gatus-conditions";
import { importFrom } from "./import-from";
import type { ImportKind } from "./import-kinds";
import { readExpression } from "./prometheus-rules";
import { makeBeszel, makeDatabase, makeKuma } from "./test-foreign-databases";

const fixture = async (name: string) => new Uint8Array(await readFile(join(import.meta.dirname, "fixtures", name)));
async function read(kind: ImportKind, bytes: Uint8Array) {
  const { yaml, lines } = await importFrom(kind, bytes);
  const { file } = parseConfig([{ name: null, text: yaml }]);
  return { file, lines, told: Object.fromEntries(lines.map(({ name, became, left }) => [name, { became, left }])) };
}

test("a backup of Uptime Kuma 1.23: everything is mapped, or told with its reason", async () => {
  const { file, lines, told } = await read("uptime-kuma", await fixture("uptime-kuma-backup.json"));
  expect(lines).toHaveLength(5);
  expect(file.instances).toMatchObject([
    {
      plugin: "web-service",
      name: "Wiki",
      tags: ["Home", "for:family"],
      intervalSeconds: 30,
      config: {
        address: "https://wiki.lab/login",
        expectedStatus: ["200-299", "401"],
        mustContain: "Sign in",
        headers: { "X-Key": "PLANTED-header" },
        username: "me",
        password: "PLANTED-pass",
        tls: { verify: false },
        retries: 3,
        probeTimeoutMs: 24_000,
      },
    },
  ]);
  expect(file.channels).toEqual([
    { kind: "ntfy", name: "Phone", enabled: true, config: { topic: "PLANTED-topic", url: "https://ntfy.lab" } },
  ]);
  expect(told["Heartbeat of backup"]).toEqual({
    became: [],
    left: [expect.stringContaining("Unity asks, and is not told")],
  });
  expect(told.Pager?.left).toEqual(['Unity has no channel for "SIGNL4". An Apprise server may have.']);
  // A report is shown and kept: the file's secrets are not in it.
  expect(JSON.stringify(lines)).not.toContain("PLANTED");
});

test.each([1, 2] as const)("kuma.db of %s.x, read from a copy", async (version) => {
  const operator = version === 2 ? [", json_path_operator", ", '>'"] : ["", ""];
  const bytes = await makeKuma(version, [
    "insert into docker_host values (1, 1, 'http://proxy.lab:2375', 'tcp', 'NAS')",
    `insert into monitor (name, type, url, json_path, expected_value${operator[0]}) values ('API', 'json-query', 'https://api.lab', '$.data[0].count', '5'${operator[1]})`,
    "insert into monitor (name, type, hostname, port, active) values ('SSH', 'port', 'fd00::1', 22, 0)",
    "insert into monitor (name, type, hostname) values ('Router', 'ping', '192.0.2.1')",
    "insert into monitor (name, type, hostname, dns_resolve_server, dns_resolve_type, port) values ('Names', 'dns', 'example.com', '192.0.2.53,192.0.2.54', 'AAAA', 53)",
    "insert into monitor (name, type, docker_container, docker_host) values ('Web', 'docker', 'web', 1), ('DB', 'docker', 'db', 1)",
    "insert into monitor (name, type, url, upside_down) values ('Closed', 'http', 'https://x.lab', 1)",
    "insert into monitor (name, type, url, method) values ('Router', 'http', 'https://r.lab', 'DELETE'), ('Router', 'http', 'https://r.lab', 'HEAD')",
    "insert into monitor (name, type, url) values ('Zoo', 'kafka-producer', ''), ('Pg', 'postgres', '')",
    "insert into tag values (1, 'lab', '#fff', ''), (2, 'of', '#fff', '')",
    "insert into monitor_tag values (1, 3, 1, ''), (2, 3, 2, 'me')",
    "insert into maintenance values (1, 'Sunday', 1)",
    `insert into notification values (1, 'Mail', 1, 1, 0, '{"type":"smtp","smtpHost":"mail.lab","smtpPort":465,"smtpSecure":true,"smtpFrom":"Kuma <kuma@lab.example>","smtpTo":"a@lab.example, b@lab.example"}')`,
  ]);
  const { file, told } = await read("uptime-kuma", bytes);
  const byName = Object.fromEntries((file.instances ?? []).map((one) => [one.name, one]));
  expect(byName.API?.config.jsonAssert).toEqual([{ path: "/data/0/count", op: version === 2 ? "gt" : "eq", value: 5 }]);
  expect(byName.SSH).toMatchObject({ enabled: false, config: { address: "tcp://[fd00::1]:22" } });
  expect(byName.Router).toMatchObject({ tags: ["lab", "of:me"], config: { address: "ping://192.0.2.1" } });
  expect(byName["Router (2)"]).toMatchObject({ config: { method: "HEAD" } });
  expect(byName.Names).toMatchObject({
    plugin: "dns",
    config: { host: "192.0.2.53", probeNames: ["example.com"], probeType: "AAAA" },
  });
  expect(byName["Docker at proxy.lab:2375"]).toMatchObject({
    config: { endpoint: "http://proxy.lab:2375", include: ["web", "db"] },
  });
  expect(file.channels).toMatchObject([
    { kind: "email", config: { encryption: "tls", from: "kuma@lab.example", to: ["a@lab.example", "b@lab.example"] } },
  ]);
  expect(told.Closed?.left[0]).toContain("upside down");
  expect(told.Zoo?.became).toEqual([]);
  expect(told.Pg?.left[0]).toContain('"PostgreSQL"');
  expect(told.Sunday?.became).toEqual([]);
});

test("Beszel's database: systems are pinged, alerts are rules, and what its agents measure is told", async () => {
  const bytes = await makeBeszel([
    "insert into systems (id, name, status, host, port) values ('s1', 'nas', 'up', '192.0.2.7', '45876'), ('s2', 'hub', 'paused', '/beszel_socket/beszel.sock', '')",
    "insert into alerts (id, user, system, name, value, min) values ('a', 'u', 's1', 'Status', 0, 5), ('b', 'u', 's1', 'CPU', 80, 10), ('c', 'v', 's1', 'CPU', 80, 10), ('d', 'u', 's1', 'LoadAvg5', 4, 1), ('e', 'u', 's1', 'Bandwidth', 100, 1)",
    `insert into user_settings (id, user, settings) values ('x', 'u', '{"emails":["me@lab.example"],"webhooks":["discord://PLANTED@1"]}')`,
  ]);
  const { file, lines } = await read("beszel", bytes);
  expect(file.instances).toMatchObject([
    { plugin: "web-service", name: "nas", host: "nas", config: { address: "ping://192.0.2.7" } },
  ]);
  expect(file.rules?.map(({ name, parts }) => [name, parts[0]])).toMatchObject([
    ["CPU of nas", { metric: "system_cpu_usage_ratio", limit: 0.8, take: { kind: "avg", seconds: 600 } }],
    ["Load over 5m of nas", { metric: "system_load_average", where: [{ label: "window", value: "5m" }], limit: 4 }],
  ]);
  expect(lines.filter(({ became }) => became.length === 0).map(({ what }) => what)).toEqual([
    "system",
    "alert",
    "notification",
    "notification",
  ]);
  expect(JSON.stringify(lines)).not.toContain("PLANTED");
});

test("a configuration of Gatus, with anchors and the environment", async () => {
  const { file, told, lines } = await read("gatus", await fixture("gatus.yaml"));
  const byName = Object.fromEntries((file.instances ?? []).map((one) => [one.name, one]));
  expect(byName.wiki).toMatchObject({
    tags: ["core"],
    intervalSeconds: 300,
    config: {
      address: "https://wiki.lab/health",
      expectedStatus: ["200"],
      jsonAssert: [{ path: "/status", op: "eq", value: "UP" }],
      maxDurationMs: 300,
      certificateWarningDays: 2,
      headers: { Authorization: "***" },
      tls: { verify: false },
      probeTimeoutMs: 5_000,
    },
  });
  expect(told.wiki?.left).toEqual([
    "The condition [BODY].name == pat(john*)",
    "The header Authorization is from the environment of Gatus: type it in.",
  ]);
  expect(byName.router).toMatchObject({ intervalSeconds: 60, config: { address: "ping://192.0.2.1" } });
  expect(byName.names).toMatchObject({ plugin: "dns", config: { host: "192.0.2.53", probeExpect: "93.184.215.14" } });
  expect(byName.mail).toMatchObject({
    plugin: "certificate",
    config: { targets: ["smtp://mail.lab:587"], warningDays: 10 },
  });
  expect(byName.database).toMatchObject({ enabled: false });
  expect(told.chat).toEqual({ became: [], left: ["Unity has no plugin for wss://."] });
  expect(file.channels?.map(({ kind, config }) => [kind, config])).toEqual([
    ["ntfy", { topic: "PLANTED-topic", url: "https://ntfy.lab" }],
    ["telegram", { token: "***", chat: "-1001234567890" }],
  ]);
  expect(told.twilio?.became).toEqual([]);
  expect(JSON.stringify(lines)).not.toContain("PLANTED");
});

test("rules of Prometheus: simple comparisons are rules, everything else is told", async () => {
  const { file, told } = await read("prometheus-rules", await fixture("prometheus-rules.yaml"));
  const byName = Object.fromEntries((file.rules ?? []).map((one) => [one.name, one]));
  expect(byName.HostOutOfMemory).toMatchObject({
    parts: [
      { metric: "node_memory_MemAvailable_bytes", where: [{ label: "job", value: "node" }], is: "below", limit: 1e9 },
    ],
    forSeconds: 120,
    severity: "critical",
    labels: { team: "infra" },
    summary: "Host {{instance}} is out of memory: {{value}}",
    note: "Less than 1 GB is left.",
    runbook: "https://runbooks.lab/memory",
  });
  expect(byName.TargetDown).toMatchObject({ parts: [{ kind: "failing" }], forSeconds: 300, severity: "critical" });
  expect(byName.ManyErrors?.parts).toMatchObject([
    {
      take: { kind: "rate", seconds: 300 },
      where: [
        { op: "like", value: "/api/**" },
        { op: "is_not", value: "404" },
      ],
    },
  ]);
  expect(byName.Gone).toMatchObject({
    parts: [{ kind: "absent", seconds: 300 }],
    forSeconds: 5_400,
    severity: "warning",
  });
  expect(told.Gone?.left).toEqual(['Its severity "odd" is a warning here.']);
  for (const name of ["instance:cpu", "DiskWillFill", "Ratio"]) expect(told[name]?.became).toEqual([]);
});

test.each([
  ["a > 5", { metric: "a", is: "above", limit: 5 }],
  ["a{}   !=  -1.5e3", { metric: "a", is: "unequal", limit: -1_500 }],
  ["((a == 0))", { is: "equal", limit: 0 }],
  ["max_over_time(a[1h]) <= 3", { take: { kind: "max", seconds: 3_600 }, is: "below" }],
  ["a > b", undefined],
  ["a > 5 and b < 1", undefined],
  ["(a) > (5)", undefined],
  ["sum(a) > 5", undefined],
  ['a{b=~"x|y"} > 5', undefined],
  ["5 < a", undefined],
  ["rate(a[5m:1m]) > 5", undefined],
])("reads %j or leaves it", (expression, part) => {
  const read = readExpression(expression);
  if (part === undefined) expect(read).toHaveProperty("why");
  else expect(read).toMatchObject({ part });
});

test.each([
  ["[STATUS] < 400", { expectedStatus: ["100-399"] }],
  ["[STATUS] == any(200, 429)", { expectedStatus: ["200", "429"] }],
  ["[BODY] == pat(*ok*)", { mustContain: "ok" }],
  ["[BODY] != pat(*error*)", { mustNotContain: "error" }],
  ["has([BODY].errors) == true", { jsonAssert: [{ path: "/errors", op: "exists" }] }],
  ["[BODY].data[0].id == 1", { jsonAssert: [{ path: "/data/0/id", op: "eq", value: 1 }] }],
  ["[RESPONSE_TIME] < 2s", { maxDurationMs: 2_000 }],
  ["len([BODY].items) > 3", null],
  ["[STATUS] != 500", null],
  ["[IP] == 127.0.0.1", null],
  ["nonsense", null],
])("maps the condition %j or tells it", (condition, config) => {
  const mapped = mapConditions([condition], "http");
  if (config) expect(mapped).toMatchObject({ config, left: [] });
  else expect(mapped.left).toEqual([`The condition ${condition}`]);
});

test.each<[ImportKind, () => Promise<Uint8Array>, string]>([
  ["uptime-kuma", async () => new TextEncoder().encode("{}"), "is not a backup (JSON) or the database"],
  ["uptime-kuma", async () => new TextEncoder().encode("not even JSON"), "is not a backup"],
  [
    "beszel",
    async () => new TextEncoder().encode("SQLite format 3\0 and no more"),
    "is not the database (data.db) of Beszel",
  ],
  ["beszel", () => makeKuma(1, []), "is not the database (data.db) of Beszel"],
  ["gatus", async () => new TextEncoder().encode("endpoints: 5"), "is not a configuration (YAML) of Gatus"],
  ["gatus", async () => new TextEncoder().encode("a: ["), "The file is not YAML"],
  ["prometheus-rules", async () => new TextEncoder().encode("a: 1"), "is not a file of rules"],
  [
    "gatus",
    async () => new TextEncoder().encode(`a: &a [x]\n${"b".repeat(3)}: &b [${"*a,".repeat(300)}]\n`),
    "The file is not YAML",
  ],
])("%s refuses what is another file", async (kind, make, message) => {
  await expect(importFrom(kind, await make())).rejects.toThrow(message);
});

test("a view with the name of a table is not read: it would run what a stranger wrote", async () => {
  const endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select x as id, 'a' as name from n";
  const bytes = await makeDatabase([`create view systems as ${endless}`]);
  await expect(importFrom("beszel", bytes)).rejects.toThrow("or there is nothing in it");
});
