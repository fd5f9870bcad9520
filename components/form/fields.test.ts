import { expect, test } from "vitest";
import { z } from "zod";
import { headerMap, secret, tlsOptions } from "../../plugins/sdk/config";
import { fieldsOf } from "./fields";

const form = z.toJSONSchema(
  z.object({
    port: z.number().int().min(1).max(65_535).default(5432),
    verify: z.boolean().default(true),
    host: z.string().meta({ title: "Host", description: "Name or address.", placeholder: "db.lab" }),
    password: secret().optional(),
    mode: z.enum(["prefer", "require"]).default("prefer"),
    exclude: z.array(z.string()).default([]),
    endpoints: z.array(z.union([z.string(), z.object({ url: z.string() })])).default([]),
    watch: z.array(z.object({ name: z.string() })).default([]),
    statementTimeoutMs: z.number().int().default(5_000).meta({ advanced: true }),
    warnRatio: z.number().min(0.01).max(1).default(0.07),
    clientKey: secret().optional().meta({ secret: true, format: "multiline" }),
    tls: tlsOptions(),
    headers: headerMap(),
  }),
  { io: "input", unrepresentable: "any" },
);
const fields = fieldsOf(form);
const field = (key: string) => fields.find((one) => one.key === key);

test("required fields come first", () => {
  expect(fields[0]).toMatchObject({ key: "host", kind: "text", required: true, title: "Host", placeholder: "db.lab" });
  expect(fields.filter(({ required }) => required)).toHaveLength(1);
});

test.each([
  ["port", { kind: "number", integer: true, min: 1, max: 65_535, placeholder: "5432", title: "Port" }],
  ["verify", { kind: "switch", fallback: true }],
  ["password", { kind: "secret" }],
  ["mode", { kind: "select", options: ["prefer", "require"], fallback: "prefer" }],
  ["exclude", { kind: "list" }],
  ["endpoints", { kind: "list" }],
  ["watch", { kind: "json" }],
  [
    "statementTimeoutMs",
    { kind: "number", advanced: true, title: "Statement timeout", unit: "ms", placeholder: "5000" },
  ],
  ["warnRatio", { kind: "number", title: "Warn", unit: "%", times: 100, placeholder: "7", min: 1, max: 100 }],
  ["clientKey", { kind: "secret", multiline: true }],
  ["headers", { kind: "map", secret: true, advanced: true }],
])("%s", (key, expected) => {
  expect(field(key)).toMatchObject(expected);
});

test("a nested object is a group of fields", () => {
  const tls = field("tls");
  expect(tls).toMatchObject({ kind: "group", advanced: true });
  expect(tls?.kind === "group" && tls.fields.map(({ key, kind }) => [key, kind])).toEqual([
    ["verify", "switch"],
    ["caPem", "multiline"],
    ["serverName", "text"],
  ]);
});
