import { expect, test } from "vitest";
import { z } from "zod";
import { headerMap, secret, tlsOptions } from "../plugins/sdk/config";
import { keepSecrets, maskSecrets } from "./secret-fields";

const schema = z.object({
  host: z.string().default("localhost"),
  password: secret().optional(),
  tls: tlsOptions(),
  headers: headerMap(),
  targets: z.array(z.union([z.string(), z.object({ url: z.string(), token: secret() })])).default([]),
});
const stored = {
  host: "db",
  password: "hunter2",
  headers: { "X-Token": "abc" },
  targets: [{ url: "a", token: "t1" }, "plain"],
};
const masked = {
  host: "db",
  password: "***",
  headers: { "X-Token": "***" },
  targets: [{ url: "a", token: "***" }, "plain"],
};

test("masks every secret that is set, and nothing else", () => {
  expect(maskSecrets(schema, stored)).toEqual(masked);
  expect(maskSecrets(schema, { host: "db" })).toEqual({ host: "db" });
});

test("what the schema does not know is masked as well, and kept", () => {
  const strange = { ...stored, apiKey: "old", nested: { deep: "x" } };
  expect(maskSecrets(schema, strange)).toEqual({ ...masked, apiKey: "***", nested: "***" });
  expect(keepSecrets(schema, { ...masked, apiKey: "***", nested: "***" }, strange)).toEqual(strange);
});

test("a mask that comes back keeps what is stored", () => {
  expect(keepSecrets(schema, masked, stored)).toEqual(stored);
});

test("a new value replaces, an emptied one goes", () => {
  const entered = { ...masked, password: "new", headers: {} };
  expect(keepSecrets(schema, entered, stored)).toEqual({ ...stored, password: "new", headers: {} });
});

test("a row that was changed or moved never takes another row's secret", () => {
  const moved = { ...masked, targets: ["plain", { url: "a", token: "***" }] };
  expect(keepSecrets(schema, moved, stored).targets).toEqual(["plain", { url: "a", token: "t1" }]);
  const changed = { ...masked, targets: [{ url: "evil", token: "***" }] };
  expect(keepSecrets(schema, changed, stored).targets).toEqual([{ url: "evil", token: undefined }]);
});
