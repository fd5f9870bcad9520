import { expect, test } from "vitest";
import { z } from "zod";
import { secret } from "../plugins/sdk/config";
import { refuseMovedSecrets } from "./moved-secrets";
import { keepSecrets } from "./secret-fields";

const schema = z.object({
  url: z.string().optional(),
  host: z.string().default("127.0.0.1"),
  metricsUrl: z.string().optional(),
  serverName: z.string().optional(),
  token: secret().optional(),
  headers: z.record(z.string(), secret()).default({}),
});

function refusedField(before: Record<string, unknown>, entered: Record<string, unknown>): unknown {
  const config = keepSecrets(schema, entered, before);
  try {
    refuseMovedSecrets(schema, { entered, config, before });
    return null;
  } catch (error) {
    return (error as { field?: string }).field;
  }
}

const AT_HOME = { url: "https://nas.lan/app", token: "hush" };

test.each([
  ["another server", AT_HOME, { url: "https://evil.example/app", token: "***" }, "config.token"],
  ["another protocol", AT_HOME, { url: "http://nas.lan/app", token: "***" }, "config.token"],
  ["another port", AT_HOME, { url: "https://nas.lan:8443/app", token: "***" }, "config.token"],
  ["a second address", AT_HOME, { ...AT_HOME, metricsUrl: "http://evil.example", token: "***" }, "config.token"],
  ["what was there by default", { token: "hush" }, { host: "evil.example", token: "***" }, "config.token"],
  [
    "headers that are kept",
    { headers: { auth: "hush" } },
    { host: "evil", headers: { auth: "***" } },
    "config.headers",
  ],
  ["another database", { url: "mongodb://a/x", token: "hush" }, { url: "mongodb://b/x", token: "***" }, "config.token"],
  ["the same server by another path", AT_HOME, { url: "https://nas.lan/new", token: "***" }, null],
  ["the same, written out", { token: "hush" }, { host: "127.0.0.1", token: "***" }, null],
  ["a secret that is entered anew", AT_HOME, { url: "https://evil.example", token: "other" }, null],
  ["a secret that is left out", AT_HOME, { url: "https://evil.example" }, null],
  ["what is no place", AT_HOME, { ...AT_HOME, token: "***", serverName: "nas" }, null],
  ["what is new", {}, { url: "https://nas.lan", token: "hush" }, null],
])("%s", (_, before, entered, field) => {
  expect(refusedField(before, entered)).toBe(field);
});
