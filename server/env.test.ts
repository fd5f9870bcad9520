import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "./env";

test("has defaults for everything", () => {
  expect(readEnv({})).toMatchObject({ port: 3000, host: "127.0.0.1", logLevel: "info" });
});

test.each([
  [{ PORT: "abc" }, /^PORT is "abc", but .+\. Correct or unset it\.$/],
  [{ PORT: "70000" }, /^PORT is "70000"/],
  [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL is "loud"/],
  [{ UNITY_HOST_PROC: "host/proc" }, /^UNITY_HOST_PROC is "host\/proc", but must be a path that begins with \//],
  [{ UNITY_HOST_ROOT: "/" }, /^UNITY_HOST_ROOT is "\/", but must be a path/],
  [{ UNITY_SAMPLES: "rows" }, /^UNITY_SAMPLES is "rows"/],
  [
    { UNITY_ALLOW_ADDRESSES: "169.254.1.1, nas" },
    /^UNITY_ALLOW_ADDRESSES is "169.254.1.1, nas", but "nas" is no address/,
  ],
  [
    { UNITY_ALLOW_ADDRESSES: "169.254.0.0/33" },
    /^UNITY_ALLOW_ADDRESSES is .+ such as 169\.254\.10\.0\/24\. Correct or unset/,
  ],
  [{ UNITY_OIDC_ROLES: "owner=ops" }, /^UNITY_OIDC_ROLES is "owner=ops", but "owner=ops" is none of admin, editor/],
  [{ UNITY_OIDC_ROLES: "admin=ops" }, /^UNITY_OIDC_ISSUER is not set/],
  [{ UNITY_OIDC_SCOPES: "profile email" }, /^UNITY_OIDC_SCOPES is "profile email", but/],
  [{ DATABASE_URL: "oracle://scott:tiger@db" }, /^DATABASE_URL is given, but must begin with sqlite:, postgres:/],
  [{ DATABASE_URL: "sqlite:" }, /^DATABASE_URL is given, but names no file/],
  [{ DATABASE_URL: "postgres:nas/unity" }, /^DATABASE_URL is given, but is no address/],
  [{ DATABASE_URL: "postgres://me:tiger@nas" }, /^DATABASE_URL is given, but names no database/],
  [{ DATABASE_URL: "mysql://nas/unity" }, /^DATABASE_URL is given, but names no user/],
  [{ DATABASE_URL: "mysql://me:tiger%x@nas/unity" }, /^DATABASE_URL is given, but has a % that/],
  [{ METRICS_URL: "http://nas:8428" }, /^METRICS_URL is given, but must begin with victoriametrics:; it is like/],
  [{ METRICS_URL: "victoriametrics://me:tiger@nas:8428" }, /^METRICS_URL is given, but has no address; it is like/],
  [{ METRICS_URL: "victoriametrics:http://me:tiger@nas:8428/?x=1" }, /^METRICS_URL is given, but has a \? or #/],
])("names a wrong value in one line: %o", (source, message) => {
  expect(() => readEnv(source)).toThrow(message);
  expect(() => readEnv(source)).not.toThrow(/tiger/);
});

test("an empty variable counts as unset", () => {
  expect(readEnv({ PORT: "" }).port).toBe(3000);
});

test("takes addresses and networks that may be connected to", () => {
  expect(readEnv({}).allowedAddresses).toEqual([]);
  const { allowedAddresses } = readEnv({ UNITY_ALLOW_ADDRESSES: "169.254.10.0/24, fe80::7" });
  expect(allowedAddresses.map(({ bits }) => bits)).toEqual([24, 128]);
});

test("takes a database file relative to where it runs, samples beside it", () => {
  const { database } = readEnv({ DATABASE_URL: "sqlite:./x.db" });
  expect(database).toMatchObject({ kind: "sqlite", file: resolve("x.db"), samplesFile: resolve("x-samples.db") });
  expect(readEnv({ DATABASE_URL: "sqlite:///var/lib/unity.db" }).database).toMatchObject({ file: "/var/lib/unity.db" });
  expect(readEnv({ UNITY_DATA: "/data" }).database).toMatchObject({ file: "/data/unity.db" });
});

test.each([
  ["postgres://me:t%40ger@nas/unity", "postgres", "PostgreSQL at nas:5432/unity"],
  ["postgresql://me:t@ger@nas:6000/u?sslmode=require", "postgres", "PostgreSQL at nas:6000/u"],
  ["mysql://me:tiger@[::1]/unity", "mysql", "MySQL at [::1]:3306/unity"],
  ["MariaDB://me@nas/unity", "mysql", "MariaDB at nas:3306/unity"],
])("%s is a server, and is shown without its password", (text, kind, shown) => {
  expect(readEnv({ DATABASE_URL: text }).database).toMatchObject({ kind, shown });
});

test("takes samples elsewhere, and shows where without the password", () => {
  expect(readEnv({}).metrics).toBeUndefined();
  expect(readEnv({ METRICS_URL: "victoriametrics:https://me:t%40ger@nas:8428/vm/" }).metrics).toEqual({
    kind: "victoriametrics",
    url: "https://me:t%40ger@nas:8428/vm",
    shown: "VictoriaMetrics at https://nas:8428/vm",
  });
});

test("keys are hidden, and files are found from where Unity was started", () => {
  const { keys, secretsFolder } = readEnv({
    UNITY_SECRET_KEY: "hunter2",
    UNITY_DATA: "/data",
    UNITY_SECRETS_DIR: "/own",
  });
  expect(JSON.stringify(keys)).not.toContain("hunter2");
  expect(keys.key?.reveal()).toBe("hunter2");
  expect(keys.ownFile).toBe("/data/secret.key");
  expect(secretsFolder).toBe("/own");
  expect(readEnv({}).secretsFolder).toBe("/run/secrets");
});
