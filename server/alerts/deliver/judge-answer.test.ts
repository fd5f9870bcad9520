import { expect, test } from "vitest";
import { judgeAnswer } from "./judge-answer";

const NOW = Date.UTC(2026, 0, 1);
const judge = (status: number, body = "", headers: Record<string, string> = {}) =>
  judgeAnswer({ status, body, headers }, NOW);

test.each([
  [200, true, undefined],
  [204, true, undefined],
  [301, false, false],
  [400, false, false],
  [401, false, false],
  [403, false, false],
  [404, false, false],
  [408, false, true],
  [410, false, false],
  [429, false, true],
  [500, false, true],
  [502, false, true],
  [503, false, true],
])("%i: delivered %s, again %s", (status, ok, again) => {
  expect(judge(status)).toMatchObject({ ok, ...(again === undefined ? {} : { again }) });
});

test.each([
  [{ "retry-after": "30" }, "", 30_000],
  [{ "retry-after": "0.5" }, "", 500],
  [{ "retry-after": "Thu, 01 Jan 2026 00:02:00 GMT" }, "", 120_000],
  [{ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, "", 0],
  [{ "retry-after": "999999999" }, "", 3_600_000],
  [{ "retry-after": "soon" }, "", undefined],
  [{}, '{"retry_after":1.337}', 1_337],
  [{}, '{"ok":false,"parameters":{"retry_after":35}}', 35_000],
  [{}, '{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2000}', 2_000],
])("waits as %j %s says", (headers, body, wait) => {
  const judged = judge(429, body, headers as Record<string, string>);
  expect("retryAfterMs" in judged ? judged.retryAfterMs : undefined).toBe(wait);
});

test.each([
  ['{"error":"no such topic"}', "404: no such topic"],
  ["invalid_payload\n", "404: invalid_payload"],
  ["<html><body>Not found</body></html>", "404"],
  ["", "404"],
])("quotes what a service says: %s", (body, answer) => {
  expect(judge(404, body).answer).toBe(answer);
});

test("a success that the service did not say is none", () => {
  const judged = judgeAnswer({ status: 200, body: "<html>Log in</html>", headers: {} }, NOW, () => false);
  expect(judged).toMatchObject({ ok: false, again: true });
});
