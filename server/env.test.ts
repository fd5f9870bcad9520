import { expect, test } from "vitest";
import { readEnv } from "./env";

test("has defaults for everything", () => {
  expect(readEnv({})).toMatchObject({ port: 3000, host: "127.0.0.1", logLevel: "info" });
});

test.each([
  [{ PORT: "abc" }, /^PORT is "abc", but .+\. Correct or unset it\.$/],
  [{ PORT: "70000" }, /^PORT is "70000"/],
  [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL is "loud"/],
  [{ DATABASE_URL: "oracle://scott:tiger@db" }, /^DATABASE_URL is given, but must begin with sqlite:/],
])("names a wrong value in one line: %o", (source, message) => {
  expect(() => readEnv(source)).toThrow(message);
});

test("an empty variable counts as unset", () => {
  expect(readEnv({ PORT: "" }).port).toBe(3000);
});

test("takes a database file relative to where it runs", () => {
  expect(readEnv({ DATABASE_URL: "sqlite:./x.db" }).databaseFile).toMatch(/\/x\.db$/);
});
