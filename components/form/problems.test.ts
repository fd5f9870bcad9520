import { expect, test } from "vitest";
import { z } from "zod";
import { headerMap, tlsOptions } from "../../plugins/sdk/config";
import { fieldsOf } from "./fields";
import { findProblems, locateField } from "./problems";
import { valuesOf } from "./values";

const schema = z.object({
  host: z.string().meta({ title: "Host" }),
  targets: z.array(z.string()).meta({ title: "Targets" }),
  port: z.int().min(1).max(65_535).default(443),
  warnRatio: z.number().min(0.01).max(1).default(0.8),
  watch: z.array(z.object({ name: z.string() })).default([]),
  tls: tlsOptions(),
  headers: headerMap(),
});
const fields = fieldsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
const right = { ...valuesOf(fields, {}), host: "db.lab", targets: ["a"] };

test.each([
  [{}, {}],
  [{ host: "  " }, { "config.host": "Fill this in." }],
  [{ targets: ["", " "] }, { "config.targets": "Fill this in." }],
  [{ port: Number.NaN }, { "config.port": "Type a number." }],
  [{ port: 1.5 }, { "config.port": "Type a whole number." }],
  [{ port: 0 }, { "config.port": "Type 1 or more." }],
  [{ port: 70_000 }, { "config.port": "Type 65535 or less." }],
  [{ port: null }, {}],
  [{ warnRatio: 101 }, { "config.warnRatio": "Type 100 or less." }],
  [{ warnRatio: 0.5 }, { "config.warnRatio": "Type 1 or more." }],
  [{ headers: [{ name: "", value: "x" }] }, { "config.headers": "Give each value a name." }],
  [
    {
      headers: [
        { name: "A", value: "x" },
        { name: " A", value: "y" },
      ],
    },
    { "config.headers": '"A" is there twice.' },
  ],
])("%j has %j", (values, problems) => {
  expect(findProblems(fields, { ...right, ...values })).toEqual(problems);
});

test("JSON that is none says where it stops to be", () => {
  expect(findProblems(fields, { ...right, watch: "[1," })["config.watch"]).toMatch(/^This is no JSON: /);
});

test.each([
  ["config.host", { path: "config.host", row: null }],
  ["config.targets", { path: "config.targets", row: null }],
  ["config.targets.2", { path: "config.targets", row: 2 }],
  ["config.tls.caPem", { path: "config.tls.caPem", row: null }],
  ["config.tls", { path: "config.tls", row: null }],
  ["config.watch.0.name", { path: "config.watch", row: null }],
  ["config.headers.X-Key", { path: "config.headers", row: null }],
  ["config.gone", null],
  ["config.", null],
  ["name", null],
])("an error at %s is shown at %j", (place, found) => {
  expect(locateField(fields, place)).toEqual(found);
});
