import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "./secrets";

test("a secret shows *** however it is printed, and its value only when asked for it", () => {
  const secret = new Secret("hunter2");
  const within = { secret, list: [secret] };
  const printed = [
    String(secret),
    `${secret}`,
    ["a", secret].join(""),
    JSON.stringify(within),
    inspect(within, { depth: 9, showHidden: true }),
    format("%s %o %j", secret, secret, secret),
    Object.values({ ...secret }).join(),
    JSON.stringify(structuredClone(JSON.parse(JSON.stringify(within)))),
  ];
  for (const text of printed) expect(text).not.toContain("hunter2");
  expect(`${secret}`).toBe("***");
  expect(JSON.stringify(within)).toBe('{"secret":"***","list":["***"]}');
  expect(secret.reveal()).toBe("hunter2");
});
