import { expect, test } from "vitest";
import { redact } from "./redact";

test.each([
  ["login password=hunter2 ok", "login password=*** ok"],
  ['{"db_password": "hunter 2","x":1}', '{"db_password": ***,"x":1}'],
  ["Authorization: Bearer abc.def-ghi", "Authorization: *** ***"],
  ["header Bearer abcdef123", "header Bearer ***"],
  ["fetch https://anna:hunter2@nas.lab/x", "fetch https://***@nas.lab/x"],
  ["GET /?api_key=12345&x=1", "GET /?api_key=***&x=1"],
  ["jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "jwt ***"],
  [`id ${"a1".repeat(32)}.`, "id ***."],
  ["a normal line: error 42 in main.ts:12", "a normal line: error 42 in main.ts:12"],
  ["tab\tand \u001b[31mred", "tab\\011and \\033[31mred"],
])("%j becomes %j", (line, expected) => {
  expect(redact(line)).toBe(expected);
});

test("a long line ends soon and is short", () => {
  const startedAt = performance.now();
  expect(redact("password ".repeat(10_000)).length).toBeLessThanOrEqual(300);
  expect(performance.now() - startedAt).toBeLessThan(200);
});
