import { expect, test } from "vitest";
import { readArguments } from "./plugin-arguments";

const env = { NODE_ENV: "test" } as const;

test.each([
  ["with --", ["db", "good", "--config", '{"a":1}', "--about", "It works."], env],
  ["as npm leaves it without --", ["db", "good", '{"a":1}', "It works."], env],
])("reads a command line %s", (_, argv, environment) => {
  expect(readArguments(argv, environment)).toEqual({
    words: ["db", "good"],
    config: { a: 1 },
    about: "It works.",
    live: false,
  });
});

test("knows --live in both ways, and refuses a configuration that is no object", () => {
  expect(readArguments(["db", "--live"], env).live).toBe(true);
  expect(readArguments(["db"], { ...env, npm_config_live: "true" }).live).toBe(true);
  for (const config of ["[1]", "{", "1"])
    expect(() => readArguments(["db", "--config", config], env)).toThrow(/must be a JSON object/);
});
