import { expect, test } from "vitest";
import { z } from "zod";
import { secret } from "../../plugins/sdk/config";
import { validateDefinition } from "./validate-definition";

const good = {
  id: "good",
  name: "Good",
  summary: "A good plugin.",
  category: "system",
  tier: 0,
  kind: "host",
  intervalSeconds: 10,
  autostart: true,
  config: z.object({ path: z.string().default("/proc"), limit: z.number().default(5) }),
  metrics: {
    used_ratio: { kind: "gauge", unit: "ratio", description: "Used.", labels: ["disk"] },
    size_bytes: { kind: "gauge", unit: "bytes", description: "Size.", labels: ["disk"] },
    read_bytes_total: { kind: "counter", unit: "bytes", description: "Read." },
    busy_seconds_total: { kind: "counter", unit: "seconds", description: "Busy." },
    cpu_ratio: { kind: "share", unit: "ratio", description: "CPU." },
    good_info: { kind: "info", unit: "count", description: "Facts.", labels: ["version"] },
    up: { kind: "gauge", unit: "bool", description: "Up." },
    seen_timestamp_seconds: { kind: "gauge", unit: "timestamp_seconds", description: "Seen." },
  },
  alerts: [
    {
      id: "disk_full",
      metric: "used_ratio",
      when: ({ limit }: { limit: number }) => ({ above: limit }),
      severity: "warning",
      summary: "{{disk}} of {{instance}} is full: {{value}}.",
    },
  ],
  board: [
    { type: "meter", metric: "used_ratio", title: "Used" },
    { type: "table", title: "Disks", by: "disk", columns: [{ metric: "used_ratio", title: "Used" }] },
    { type: "chart", title: "Busy", metrics: ["busy_seconds_total", "cpu_ratio"] },
  ],
  collect: async () => {},
};
const metric = (name: string, spec: object) => ({
  metrics: { ...good.metrics, [name]: { description: "X.", ...spec } },
});
const rule = (spec: object) => ({ alerts: [{ ...good.alerts[0], ...spec }] });
const trace = (spec: object) => ({ discover: [{ seen: "service", ports: [80], config: () => ({}), ...spec }] });
const board = (item: object) => ({ board: [item] });
const config = (shape: z.ZodRawShape) => ({ config: z.object(shape) });

test("a good definition has nothing wrong", () => {
  expect(validateDefinition("good", good)).toEqual({ ok: true, plugin: good });
});

test.each<[string, object, string]>([
  ["another id", { id: "other" }, 'id: is "other", but the folder is "good".'],
  ["an id in capitals", { id: "Good" }, "id: must be lower case with hyphens"],
  ["no name", { name: " " }, "name: "],
  ["an unknown category", { category: "stuff" }, "category: "],
  ["an unknown property", { colour: "red" }, "colour"],
  ["an interval below the floor", { intervalSeconds: 2 }, "intervalSeconds: 2 is below the floor of 5 seconds."],
  ["no collect", { collect: 1 }, "collect: must be a function"],
  ["config that is no object", { config: z.string() }, "config: must be a z.object"],
  ["help for a reason that is none", { help: { sad: "x" } }, "help"],
  ["no metrics", { metrics: {}, alerts: [], board: [] }, "metrics: there are none."],
  ["a metric in camel case", metric("usedBytes", { kind: "gauge", unit: "count" }), "must be snake_case"],
  ["a counter without _total", metric("reads", { kind: "counter", unit: "count" }), "must end in _total"],
  ["a gauge with _total", metric("reads_total", { kind: "gauge", unit: "count" }), "only a counter's name"],
  ["bytes that do not say so", metric("size", { kind: "gauge", unit: "bytes" }), "must end in _bytes."],
  [
    "a speed in bytes that does not say so",
    metric("speed", { kind: "gauge", unit: "bytes_per_second" }),
    "must end in _bytes_per_second.",
  ],
  [
    "a counter of bytes that does not say so",
    metric("x_total", { kind: "counter", unit: "bytes" }),
    "in _bytes_total.",
  ],
  ["a name with another unit", metric("x_seconds", { kind: "gauge", unit: "count" }), "the name says seconds"],
  [
    "an instant named as a duration",
    metric("x_seconds", { kind: "gauge", unit: "timestamp_seconds" }),
    "_timestamp_seconds",
  ],
  [
    "a duration named as an instant",
    metric("x_timestamp_seconds", { kind: "gauge", unit: "seconds" }),
    "must end in _seconds",
  ],
  ["an unknown unit", metric("x_parsecs", { kind: "gauge", unit: "parsecs" }), "metrics.x_parsecs.unit: "],
  ["a share of bytes", metric("x_bytes", { kind: "share", unit: "bytes" }), 'the unit of a share is "ratio"'],
  ["an info without facts", metric("x_info", { kind: "info", unit: "count" }), "carries its facts in labels"],
  [
    "a label that is Unity's",
    metric("x", { kind: "gauge", unit: "count", labels: ["host"] }),
    '"host" belongs to Unity',
  ],
  ["a label twice", metric("x", { kind: "gauge", unit: "count", labels: ["a", "a"] }), "declared twice"],
  ["a range upside down", metric("x", { kind: "gauge", unit: "count", min: 2, max: 1 }), "min 2 is above max 1"],
  ["a rule on nothing", rule({ metric: "nothing" }), "alerts.disk_full: the metric nothing is not declared."],
  ["a rule on another label", rule({ where: { mount: "/" } }), "used_ratio has no label mount (it has disk)."],
  ["a rule that says down, but not critically", rule({ severity: "warning", down: true }), "is critical"],
  ["a rule without a condition", rule({ when: {} }), "exactly one of above, below and equals"],
  ["a rule that compares with nothing", rule({ when: { above: { metric: "no" } } }), "the metric no is not declared"],
  ["a rule on a metric without its labels", rule({ when: { above: { metric: "up" } } }), "up has no label disk"],
  [
    "a rule whose condition throws",
    rule({
      when: () => {
        throw new Error("oops");
      },
    }),
    "oops",
  ],
  ["a summary with an unknown word", rule({ summary: "{{mount}} is full." }), "the summary names {{mount}}"],
  ["two rules of one id", { alerts: [...good.alerts, ...good.alerts] }, "another rule with this id"],
  ["an empty board", { board: [] }, "board: is empty"],
  [
    "a trace that proposes what is no setting",
    trace({ config: () => ({ colour: 1 }) }),
    'discover[0]: proposes "colour"',
  ],
  ["a trace whose config is not valid", trace({ config: () => ({ path: 5 }) }), "say what it asks for"],
  ["a trace without ports that wants to ask", trace({ ports: [], answer: { path: "/" } }), "discover[0]: needs ports"],
  ["a trace that asks for no path", trace({ answer: { path: "http://elsewhere" } }), "discover.0.answer.path: "],
  [
    "a board of nothing",
    board({ type: "meter", metric: "no", title: "No" }),
    'board[0] "No": the metric no is not declared.',
  ],
  [
    "states by a label that is none",
    board({ type: "states", metric: "up", title: "Up", by: "disk" }),
    "up has no label disk",
  ],
  [
    "a table that mixes labels",
    board({ type: "table", title: "T", by: "disk", columns: [{ metric: "up", title: "U" }] }),
    "no label disk",
  ],
  [
    "a chart of two units",
    board({ type: "chart", title: "C", metrics: ["used_ratio", "size_bytes"] }),
    "mixes the units ratio and bytes",
  ],
  ["a chart of an info", board({ type: "chart", title: "C", metrics: ["good_info"] }), "charts an info"],
  [
    "a required field without a title",
    { ...config({ url: z.string() }), autostart: false },
    "config.url: is required, so it needs a title",
  ],
  [
    "a required field without a title in a list",
    config({ list: z.array(z.object({ host: z.string() })).default([]) }),
    "config.list[].host: is required",
  ],
  ["a secret with a default", config({ key: secret().default("x") }), "a secret must not have a default"],
  ["a form that cannot be", config({ when: z.date() }), "config: cannot become a form"],
  ["a start without defaults", config({ url: z.string().meta({ title: "URL" }) }), "needs defaults for everything"],
])("finds %s", (_, change, problem) => {
  const verdict = validateDefinition("good", { ...good, ...change });
  if (verdict.ok) throw new Error("It was found valid.");
  expect(verdict.problems.join("\n")).toContain(problem);
});

test("says all that is wrong, and that there is nothing at all", () => {
  const verdict = validateDefinition("good", { ...good, id: "other", intervalSeconds: 1, board: [] });
  expect(verdict).toMatchObject({ ok: false, problems: { length: 3 } });
  expect(validateDefinition("good", undefined)).toMatchObject({
    ok: false,
    problems: [expect.stringContaining("no default export")],
  });
});
