import { expect, test } from "vitest";
import { z } from "zod";
import { headerMap, secret, tlsOptions } from "../../plugins/sdk/config";
import { fieldsOf } from "./fields";
import { configOf, fieldsFor, KEPT, valuesOf } from "./values";

const schema = z.object({
  host: z.string().meta({ title: "Host" }),
  port: z.number().int().default(5432),
  warnRatio: z.number().default(0.07),
  limit: z.number().optional(),
  password: secret().optional(),
  mode: z.enum(["prefer", "require"]).default("prefer"),
  verify: z.boolean().default(true),
  quiet: z.boolean().optional(),
  exclude: z.array(z.string()).default(["lo", "veth*"]),
  endpoints: z.array(z.union([z.string(), z.object({ url: z.string() })])).default([]),
  watch: z.array(z.object({ name: z.string() })).default([]),
  note: z.string().optional().meta({ format: "multiline" }),
  tls: tlsOptions(),
  headers: headerMap(),
});
const fields = fieldsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
const empty = valuesOf(fields, {});
const entered = (values: object) => configOf(fields, { ...empty, ...values });

test("an untouched form says nothing, so that the plugin's own values apply", () => {
  expect(configOf(fields, empty)).toEqual({});
});

test("lists and choices show what applies; texts and numbers show it as a placeholder", () => {
  expect(empty).toMatchObject({
    exclude: ["lo", "veth*"],
    mode: "prefer",
    verify: true,
    port: null,
    host: "",
    watch: "",
  });
});

test.each([
  [{ host: "  db.lab " }, { host: "db.lab" }],
  [{ port: 5433 }, { port: 5433 }],
  [{ port: 5432 }, {}],
  [{ warnRatio: 81 }, { warnRatio: 0.81 }],
  [{ warnRatio: 7 }, {}],
  [{ verify: false }, { verify: false }],
  [{ quiet: true }, { quiet: true }],
  [{ mode: "require" }, { mode: "require" }],
  [{ password: " with spaces " }, { password: " with spaces " }],
  [{ exclude: ["lo", "", " docker* "] }, { exclude: ["lo", "docker*"] }],
  [{ exclude: [] }, { exclude: [] }],
  [{ endpoints: ["", ""] }, {}],
  [{ watch: '[{"name":"nginx"}]' }, { watch: [{ name: "nginx" }] }],
  [{ watch: "[not json" }, { watch: "[not json" }],
  [{ note: "two\nlines\n" }, { note: "two\nlines\n" }],
  [{ tls: { ...Object(empty.tls), serverName: "db" } }, { tls: { serverName: "db" } }],
  [
    {
      headers: [
        { name: " X-Key ", value: "k" },
        { name: "", value: "" },
      ],
    },
    { headers: { "X-Key": "k" } },
  ],
])("%j is the config %j", (values, config) => {
  expect(entered(values)).toEqual(config);
});

test("a stored config comes through the form as it was, secrets masked as they came", () => {
  const stored = {
    host: "db.lab",
    port: 1,
    warnRatio: 0.29,
    limit: 0,
    password: KEPT,
    mode: "require",
    verify: false,
    exclude: [],
    watch: [{ name: "nginx" }],
    note: "text",
    tls: { verify: false, caPem: "PEM" },
    headers: { "X-Key": KEPT },
  };
  expect(configOf(fields, valuesOf(fields, stored))).toEqual(stored);
});

test("a list that holds objects becomes JSON, so that saving loses nothing", () => {
  const stored = { host: "x", endpoints: ["http://a", { url: "http://b" }] };
  const fitting = fieldsFor(fields, stored);
  expect(fitting.find(({ key }) => key === "endpoints")?.kind).toBe("json");
  expect(configOf(fitting, valuesOf(fitting, stored))).toEqual(stored);
  expect(fieldsFor(fields, { endpoints: ["http://a"] }).find(({ key }) => key === "endpoints")?.kind).toBe("list");
});

test("numbers in a list of texts are shown and kept as texts", () => {
  expect(valuesOf(fields, { exclude: [200, "eth0"] }).exclude).toEqual(["200", "eth0"]);
});
