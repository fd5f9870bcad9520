import { gzipSync } from "node:zlib";
import { compress } from "snappyjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PERMISSIONS, type Permission } from "../../auth/visitor";
import recorded from "../../push/recorded/otlp-sdk-javascript.json";
import { encodeFirst, encodeSecond } from "../../push/test-encode";
import { openServed } from "../test-matrix";

/** Every door by which metrics are pushed, through a Unity that is served, as senders come. */
let served: Awaited<ReturnType<typeof openServed>>;
let owner = "";
beforeAll(async () => {
  served = await openServed();
  owner = (await served.unity.accounts.people.list())[0]?.id ?? "";
}, 60_000);
afterAll(() => served.close());

const DOORS = ["/api/v1/write", "/v1/metrics", "/api/v1/otlp/v1/metrics", "/api/v2/write", "/write"];
const FIRST = { "content-type": "application/x-protobuf", "content-encoding": "snappy" };
const SECOND = { ...FIRST, "content-type": "application/x-protobuf;proto=io.prometheus.write.v2.Request" };

let made = 0;
async function makeToken({
  name = `sender ${++made}`,
  scopes = ["send"],
  tags = null,
}: {
  name?: string;
  scopes?: Permission[];
  tags?: string[] | null;
} = {}) {
  const { secret } = await served.unity.accounts.tokens.create(owner, { name, scopes, tags, expiresInDays: null });
  return { name, secret };
}

function push(path: string, secret: string, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) {
  const init = { method: "POST", body: body as BodyInit };
  return fetch(`${served.url}${path}`, { ...init, headers: { authorization: `Bearer ${secret}`, ...headers } });
}
const line = (secret: string, body: string, path = "/api/v2/write") => push(path, secret, body);

const instanceOf = (name: string) => {
  const found = served.unity.instances.list().find((one) => one.plugin === "pushed-metrics" && one.name === name);
  if (!found) throw new Error(`${name} has no instance.`);
  return found;
};

/** The newest values of what was pushed, by metric. */
function latest(name: string): Record<string, number> {
  const series = served.unity.series
    .ofInstance(instanceOf(name).id)
    .filter(({ metric }) => !/^(unity|push)_/.test(metric));
  const newest = new Map(served.unity.store.latest(series.map(({ id }) => id)).map((one) => [one.series, one.value]));
  return Object.fromEntries(
    series.flatMap(({ id, metric }) => {
      const value = newest.get(id);
      return value === undefined ? [] : [[metric, value]];
    }),
  );
}

test.each(DOORS)("%s is for a token that may send, and for nobody and nothing else", async (path) => {
  expect((await fetch(`${served.url}${path}`, { method: "POST" })).status).toBe(401);
  // Whoever is signed in pushes nothing: there is no sender to name it after.
  const signedIn = { method: "POST", headers: { cookie: served.cookie } };
  expect((await fetch(`${served.url}${path}`, signedIn)).status).toBe(403);
  for (const scope of PERMISSIONS) {
    const { secret } = await makeToken({ name: `${scope} ${path}`, scopes: [scope] });
    const { status } = await push(path, secret, "");
    expect([scope, status === 401 || status === 403]).toEqual([scope, scope !== "send"]);
    await served.unity.accounts.tokens.remove(await idOf(`${scope} ${path}`));
  }
});

const idOf = async (name: string) =>
  (await served.unity.accounts.tokens.list(owner)).find((token) => token.name === name)?.id ?? "";

test("a refused push is in the audit log, one that is taken is not", async () => {
  const sender = await makeToken();
  expect((await line(sender.secret, "m f=1")).status).toBe(204);
  expect((await line(sender.secret, "m f=2")).status).toBe(204);
  const entries = await served.unity.audit.list({ limit: 100 });
  // Those of the doors above, which are bounded in number like all refusals.
  expect(new Set(entries.filter(({ action }) => action === "metrics.push").map(({ outcome }) => outcome))).toEqual(
    new Set(["refused"]),
  );
  const creations = entries.filter(({ details }) => details.token === sender.name);
  expect(creations).toMatchObject([{ action: "plugins.create", outcome: "done", subject: sender.name }]);
});

test("an instance is made at the first push, named after the token and with its tags; a new token of the name goes on", async () => {
  const { secret, name } = await makeToken({ tags: ["attic"] });
  const both = await Promise.all([line(secret, "m f=1"), line(secret, "m g=2")]);
  expect(both.map(({ status }) => status)).toEqual([204, 204]);
  expect(instanceOf(name)).toMatchObject({ tags: ["attic"], config: { token: name } });
  expect(latest(name)).toEqual({ m_f: 1, m_g: 2 });
  await served.unity.accounts.tokens.remove(await idOf(name));
  expect((await line(secret, "m f=3")).status).toBe(401);
  const again = await makeToken({ name, tags: ["attic"] });
  expect((await line(again.secret, "m f=4")).status).toBe(204);
  expect(latest(name)).toEqual({ m_f: 4, m_g: 2 });
});

test("a token that is limited to tags pushes into nothing that it does not see, nor does anybody into what is paused", async () => {
  await served.unity.instances.create({ plugin: "pushed-metrics", name: "theirs", config: {}, tags: ["cellar"] });
  const { secret } = await makeToken({ name: "Theirs", tags: ["attic"] });
  const answer = await line(secret, "m f=1");
  expect([answer.status, await answer.json()]).toEqual([
    403,
    { code: "forbidden", message: expect.stringContaining("tag") },
  ]);
  await served.unity.instances.create({ plugin: "pushed-metrics", name: "paused", config: {}, enabled: false });
  const paused = await makeToken({ name: "paused" });
  expect((await line(paused.secret, "m f=1")).status).toBe(403);
});

test.each([
  ["1.0", encodeFirst, FIRST],
  ["2.0", encodeSecond, SECOND],
])("remote write %s, by a bearer or as a password", async (version, encode, headers) => {
  const { secret, name } = await makeToken();
  const now = Date.now();
  const body = Buffer.from(
    compress(
      encode([
        {
          labels: { __name__: "node_load1", job: "node", instance: "nas:9100" },
          samples: [
            [now - 1_000, 1],
            [now, 2],
          ],
        },
        {
          labels: { __name__: "node_cpu_seconds_total" },
          samples: [
            [now - 10_000, 100],
            [now, 105],
          ],
          type: 1,
        },
        { labels: { __name__: "gone" }, samples: [[now, Number.NaN]] },
      ]),
    ),
  );
  const answer = await push("/api/v1/write", secret, body, headers);
  expect([answer.status, answer.headers.get("x-prometheus-remote-write-samples-written")]).toEqual([204, "5"]);
  expect(latest(name)).toEqual({ node_load1: 2, node_cpu_seconds_total: 0.5 });
  const [series] = served.unity.series.ofInstance(instanceOf(name).id).filter(({ metric }) => metric === "node_load1");
  expect(series?.labels).toEqual({ exported_instance: "nas:9100", job: "node" });
  const basic = `Basic ${Buffer.from(`anybody:${secret}`).toString("base64")}`;
  expect((await push("/api/v1/write", secret, body, { ...headers, authorization: basic })).status).toBe(204);
  const { senders, samples } = served.unity.receiver.received(instanceOf(name).id, requirePlugin());
  expect([senders, samples]).toEqual([
    [expect.objectContaining({ protocol: `Prometheus remote write ${version}` })],
    8,
  ]);
});

const requirePlugin = () => {
  const plugin = served.unity.registry.get("pushed-metrics");
  if (!plugin) throw new Error("The plugin is not loaded.");
  return plugin;
};

test("remote write: what is never kept is 400 with how much was kept, so that it does not come again", async () => {
  const { secret } = await makeToken();
  const now = Date.now();
  const samples = [
    [now, 1],
    [now - 40 * 86_400_000, 1],
    [now + 3_600_000, 1],
  ] as const;
  const series = [{ labels: { __name__: "x" }, samples, nativeHistograms: 1 }];
  const answer = await push("/api/v1/write", secret, Buffer.from(compress(encodeSecond(series))), SECOND);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("x-prometheus-remote-write-samples-written")).toBe("1");
  expect(answer.headers.get("x-prometheus-remote-write-histograms-written")).toBe("0");
  const text = await answer.text();
  for (const said of ["3 of 4", "older than", "in the future", "native histograms"]) expect(text).toContain(said);
});

test.each([
  [415, { ...FIRST, "content-type": "application/json" }],
  [415, { ...FIRST, "content-type": "application/x-protobuf;proto=io.prometheus.write.v3.Request" }],
  [415, { ...FIRST, "content-encoding": "zstd" }],
  [400, FIRST],
])("remote write: %i for %o", async (status, headers) => {
  const { secret } = await makeToken();
  expect((await push("/api/v1/write", secret, "no snappy", headers)).status).toBe(status);
});

/** What was recorded, as if it had just been. */
const renewed = (body: string, shiftMs: number) =>
  Buffer.from(body, "base64")
    .toString()
    .replaceAll(/17957674(\d{5})000000/g, (_, tail: string) => `${BigInt(`17957674${tail}`) + BigInt(shiftMs)}000000`);

test("OpenTelemetry: gauges, counters and histograms of the SDK for JavaScript", async () => {
  const { secret, name } = await makeToken();
  const requests = recorded.recordings.find(({ name: one }) => one.startsWith("JSON"))?.requests ?? [];
  const shift = Date.now() - 1_795_767_471_630;
  for (const path of ["/v1/metrics", "/api/v1/otlp/v1/metrics"])
    for (const { body } of requests) {
      const headers = { "content-type": "application/json", "content-encoding": "gzip" };
      const answer = await push(path, secret, gzipSync(renewed(body, shift)), headers);
      expect([answer.status, await answer.json()]).toEqual([200, {}]);
    }
  const found = latest(name);
  expect(found).toMatchObject({ room_temperature_celsius: 21.5, memory_usage_bytes: 1_048_576, queue_length: 6 });
  // Seven more within two seconds.
  expect(found.orders_placed_total).toBeCloseTo(7 / 2, 1);
  expect(found.http_server_request_duration_seconds).toBeGreaterThan(0.1);
  expect(found.db_client_duration_seconds_count_total).toBeCloseTo(2, 1);
});

test("OpenTelemetry: what is not kept is told in the form that was sent", async () => {
  const { secret } = await makeToken();
  const point = { timeUnixNano: `${Date.now() - 40 * 86_400_000}000000`, asInt: "1" };
  const metrics = [{ name: "old", gauge: { dataPoints: [point] } }];
  const body = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
  const json = { "content-type": "application/json" };
  const partial = await push("/v1/metrics", secret, body, json);
  expect([partial.status, await partial.json()]).toEqual([
    200,
    { partialSuccess: { rejectedDataPoints: "1", errorMessage: expect.stringContaining("older") } },
  ]);
  const bad = await push("/v1/metrics", secret, "{", json);
  expect([bad.status, await bad.json()]).toEqual([400, { message: expect.stringContaining("no JSON") }]);
  const binary = await push("/v1/metrics", secret, Buffer.from([0x0a, 0x7f]), {
    "content-type": "application/x-protobuf",
  });
  expect([binary.status, binary.headers.get("content-type")]).toEqual([400, "application/x-protobuf"]);
  expect(Buffer.from(await binary.arrayBuffer()).toString()).toContain("ends within a field");
  expect((await push("/v1/metrics", secret, body, { "content-type": "text/plain" })).status).toBe(415);
});

test("Influx: precision, gzip, the word Token, and lines that are none", async () => {
  const { secret, name } = await makeToken();
  const seconds = Math.floor(Date.now() / 1_000);
  const headers = { authorization: `Token ${secret}`, "content-encoding": "gzip" };
  const body = gzipSync(
    `disk,path=/ used=5i,total=10i ${seconds}\nnet bytes_recv=100i ${seconds - 10}\nnet bytes_recv=300i ${seconds}`,
  );
  expect((await push("/api/v2/write?org=a&bucket=b&precision=s", "", body, headers)).status).toBe(204);
  expect(latest(name)).toEqual({ disk_used: 5, disk_total_value: 10, net_bytes_recv_total: 20 });
  const partial = await line(secret, "disk used=6\nnonsense");
  expect([partial.status, await partial.json()]).toEqual([
    400,
    {
      code: "invalid",
      message: expect.stringContaining("partial write: 1 of 2 samples were not kept: unable to parse 'nonsense'"),
    },
  ]);
  expect(latest(name).disk_used).toBe(6);
  const first = await line(secret, "nonsense", "/write?db=telegraf");
  expect([first.status, await first.json()]).toEqual([400, { error: expect.stringContaining("nonsense") }]);
});

test("more series than are kept: the first stay, the others are counted and told, and the instance says so", async () => {
  const config = { maxSeries: 20, token: "greedy" };
  const instance = await served.unity.instances.create({ plugin: "pushed-metrics", name: "Of greedy", config });
  const { secret } = await makeToken({ name: "greedy" });
  const lines = Array.from({ length: 30 }, (_, index) => `m,n=${index} f=${index}`).join("\n");
  expect((await line(secret, lines)).status).toBe(400);
  expect((await line(secret, "m,n=0 f=7")).status).toBe(204);
  const { refused, fullAt, series } = served.unity.receiver.received(instance.id, requirePlugin());
  expect(refused.too_many_series).toBeGreaterThanOrEqual(10);
  expect([fullAt, series + refused.too_many_series]).toEqual([expect.any(Number), 30]);
});

test("bodies that are too large, before and after they are decompressed", async () => {
  const { secret } = await makeToken();
  expect((await line(secret, "x".repeat(8_388_609))).status).toBe(413);
  const bomb = gzipSync(Buffer.alloc(40_000_000));
  expect((await push("/api/v2/write", secret, bomb, { "content-encoding": "gzip" })).status).toBe(413);
  const said = Buffer.concat([Buffer.from("ffffffff0f", "hex"), Buffer.alloc(1_000)]);
  expect((await push("/api/v1/write", secret, said, FIRST)).status).toBe(413);
});

test("another method, and another site's page", async () => {
  const { secret } = await makeToken();
  const headers = { authorization: `Bearer ${secret}` };
  expect((await fetch(`${served.url}/api/v1/write`, { headers })).status).toBe(405);
  expect((await push("/api/v2/write", secret, "m f=1", { origin: "http://evil.example" })).status).toBe(403);
});
