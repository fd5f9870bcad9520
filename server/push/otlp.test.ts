import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readOtlp } from "./otlp";
import { decodeOtlp } from "./otlp-messages";
import { nameOtlp } from "./otlp-names";
import { parseModestJson } from "./otlp-shape";
import { type Push, PushFault } from "./pushed";
import recorded from "./recorded/otlp-sdk-javascript.json";
import { encode } from "./test-encode";
import { WireReader } from "./wire-reader";

function decode({ headers, body }: (typeof recorded)["recordings"][number]["requests"][number]): Push {
  const bytes = Buffer.from(body, "base64");
  const plain = headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
  const isJson = headers["content-type"] === "application/json";
  return readOtlp(isJson ? parseModestJson(plain) : decodeOtlp(new WireReader(plain)));
}

const RESOURCE = { job: "lab/shop", instance: "shop-1", host_name: "nas" };

test.each(recorded.recordings)("what the SDK for JavaScript sends: $name", ({ name, requests: [first, second] }) => {
  if (!first || !second) throw new Error("Two requests were recorded.");
  const [, push] = [decode(first), decode(second)];
  const isDelta = name.includes("delta");
  const of = (metric: string) => push.series.filter((one) => one.name === metric);
  expect(of("orders_placed")).toMatchObject([
    { kind: "total", labels: { ...RESOURCE, "payment.kind": "card", express: "true" }, value: [isDelta ? 7 : 12] },
  ]);
  expect(of("orders_placed")[0]?.since).toEqual(isDelta ? [expect.any(Number)] : undefined);
  expect(of("queue_length")).toMatchObject([{ kind: "gauge", value: [6] }]);
  expect(of("room_temperature_celsius")).toMatchObject([{ kind: "gauge", labels: { room: "attic" }, value: [21.5] }]);
  expect(of("memory_usage_bytes")).toMatchObject([{ value: [1_048_576], labels: { state: "used" } }]);
  expect(of("http_server_request_duration_seconds_count")).toMatchObject([{ kind: "total", value: [isDelta ? 4 : 8] }]);
  expect(of("db_client_duration_seconds_sum")[0]?.value[0]).toBeCloseTo(isDelta ? 0.03 : 0.06, 12);
  const [server, client] = ["http_server_request_duration_seconds", "db_client_duration_seconds"].map((metric) =>
    push.histograms.find((one) => one.name === metric),
  );
  expect(server?.buckets).toEqual(
    [
      [0.1, 1],
      [0.5, 3],
      [1, 4],
      [Number.POSITIVE_INFINITY, 4],
    ].map(([bound, count]) => [bound, (count ?? 0) * (isDelta ? 1 : 2)]),
  );
  // 2, 4, 8 and 16 ms, each at the end of its bucket.
  const filled = client?.buckets.filter(([, count], index, all) => count > (all[index - 1]?.[1] ?? 0)) ?? [];
  expect(filled.map(([bound]) => Math.round(bound * 1e6) / 1e3)).toEqual([2, 4, 8, 16]);
  expect(push.series.every(({ at: [at = 0] }) => Math.abs(at - 1_795_767_470_000) < 10_000)).toBe(true);
});

test.each([
  ["http.server.duration", "ms", "http_server_duration_seconds", 0.001],
  ["system.memory.usage", "By", "system_memory_usage_bytes", 1],
  ["process.cpu.time_total", "s", "process_cpu_time_seconds_total", 1],
  ["system.cpu.utilization", "1", "system_cpu_utilization_ratio", 1],
  ["battery", "%", "battery_ratio", 0.01],
  ["system.network.io", "By/s", "system_network_io_bytes_per_second", 1],
  ["queue-size", "{item}", "queue_size", 1],
  ["took_seconds", "s", "took_seconds", 1],
])("%s in %s becomes %s", (name, unit, becomes, factor) => {
  expect(nameOtlp(name, unit)).toEqual({ name: becomes, factor });
});

const request = (metric: object) => ({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] });
const point = { timeUnixNano: "1790000000000000000" };

test("a summary has its quantiles, and two totals", () => {
  const summary = {
    dataPoints: [{ ...point, count: "3", sum: 6, quantileValues: [{ quantile: 0.5, value: 2 }, { quantile: 1 }] }],
  };
  const { series } = readOtlp(request({ name: "took", unit: "s", summary }));
  expect(series.map(({ name, labels, value: [value] }) => [name, labels.quantile, value])).toEqual([
    ["took_seconds_count", undefined, 3],
    ["took_seconds_sum", undefined, 6],
    ["took_seconds", "0.5", 2],
    ["took_seconds", "1", 0],
  ]);
});

test("changes of what goes up and down, and sums without a temporality, are told of and not kept", () => {
  const dataPoints = [{ ...point, asInt: "5" }];
  for (const sum of [
    { dataPoints, aggregationTemporality: 1 },
    { dataPoints, isMonotonic: true },
  ])
    expect(readOtlp(request({ name: "x", sum }))).toMatchObject({ series: [], unsupported: 1 });
});

test("points without a value or with none that is a number", () => {
  const dataPoints = [{ ...point, flags: 1 }, { ...point, asDouble: "NaN" }, point, { ...point, asInt: "-7" }];
  expect(readOtlp(request({ name: "x", gauge: { dataPoints } }))).toMatchObject({
    leftOut: 2,
    series: [{ value: [-7], at: [1_790_000_000_000] }],
  });
});

test("lists and maps as values of attributes are no labels", () => {
  const attributes = [
    { key: "list", value: { arrayValue: { values: [{ stringValue: "a" }] } } },
    { key: "n", value: { intValue: "7" } },
    { key: "half", value: { doubleValue: 0.5 } },
  ];
  const { series } = readOtlp(request({ name: "x", gauge: { dataPoints: [{ ...point, asInt: 1, attributes }] } }));
  expect(series[0]?.labels).toEqual({ n: "7", half: "0.5" });
});

test.each([
  ["a text where a number is", { name: "x", gauge: { dataPoints: [{ ...point, asDouble: {} }] } }],
  ["no time", { name: "x", gauge: { dataPoints: [{ asDouble: 1 }] } }],
  ["no name", { gauge: { dataPoints: [point] } }],
  [
    "a bound too few",
    {
      name: "x",
      histogram: {
        aggregationTemporality: 2,
        dataPoints: [{ ...point, bucketCounts: [1, 1], explicitBounds: [1, 2] }],
      },
    },
  ],
  [
    "bounds that fall",
    {
      name: "x",
      histogram: {
        aggregationTemporality: 2,
        dataPoints: [{ ...point, bucketCounts: [1, 1, 1], explicitBounds: [2, 1] }],
      },
    },
  ],
])("%s is refused", (_, metric) => {
  expect(() => readOtlp(request(metric))).toThrow(PushFault);
});

test("JSON that is deep, or no JSON, is refused; brackets in texts are none", () => {
  expect(() => parseModestJson(Buffer.from("[".repeat(100_000)))).toThrow("too deep");
  expect(() => parseModestJson(Buffer.from("[],".repeat(1_100_000)))).toThrow("too much");
  expect(() => parseModestJson(Buffer.from('{"a":'))).toThrow(PushFault);
  expect(() => parseModestJson(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toThrow(PushFault);
  expect(parseModestJson(Buffer.from(JSON.stringify({ a: `"${"[".repeat(100)}\\` })))).toEqual({
    a: `"${"[".repeat(100)}\\`,
  });
});

test("protobuf within protobuf goes no deeper than OTLP does, and no wider than a sender's", () => {
  let deep = encode([]);
  for (let depth = 0; depth < 5_000; depth += 1) deep = encode([[1, deep]]);
  // Four messages in, this field is a text, whatever more lies in it.
  expect(() => decodeOtlp(new WireReader(deep))).toThrow("no UTF-8");
  const wide = Buffer.concat(Array.from({ length: 2_000_001 }, () => Buffer.from([0x0a, 0x00])));
  expect(() => decodeOtlp(new WireReader(wide))).toThrow("more than 2000000 parts");
});
