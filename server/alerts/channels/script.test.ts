import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { deliver } from "../deliver/deliver";
import { openTestDoors } from "../deliver/test-receiver";
import { makeMessage } from "../shapes/test-message";
import { script } from "./script";

const folder = mkdtempSync(join(tmpdir(), "unity-script-"));
const scripts = join(folder, "scripts");
await mkdir(scripts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(lines: string, name = "tell.sh", mode = 0o755): string {
  const path = join(scripts, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`, { mode });
  return path;
}
const run = (path: string, { message = makeMessage(), variables = {}, timeoutMs = 5_000 } = {}) =>
  deliver(script, { path, variables }, message, openTestDoors({ scriptsFolder: scripts, timeoutMs }));

test("hands over the message as JSON and as variables, without a shell", async () => {
  const path = write('cat > "$0.json"; printf "%s|%s|%s" "$UNITY_TITLE" "$UNITY_SEVERITY" "$SHOUT"');
  const message = makeMessage({ title: "$(touch /tmp/x) `id` ; rm *" });
  const sent = await run(path, { message, variables: { SHOUT: "loud-PLANTED" } });
  expect(sent).toEqual({ ok: true, answer: "exit code 0: $(touch /tmp/x) `id` ; rm *|critical|***" });
  const { readFileSync } = await import("node:fs");
  expect(JSON.parse(readFileSync(`${path}.json`, "utf8"))).toEqual(message);
});

test.each([
  ["exit 1", false],
  ["exit 75", true],
  ["kill -9 $$", false],
])("%s: comes again %s", async (lines, again) => {
  expect(await run(write(`echo why >&2; ${lines}`))).toMatchObject({
    ok: false,
    again,
    answer: expect.stringContaining("why"),
  });
});

test("does not wait for ever, and says what it printed only in part", async () => {
  expect(await run(write("sleep 30", "slow.sh"), { timeoutMs: 300 })).toMatchObject({ ok: false, again: true });
  const long = await run(write("yes | head -c 100000", "long.sh"));
  expect(long.answer.length).toBeLessThanOrEqual(500);
});

test("a file that cannot be run is a failure in words", async () => {
  expect(await run(write("exit 0", "plain.sh", 0o644))).toMatchObject({ ok: false, again: false });
  expect(await run(join(scripts, "nowhere"))).toMatchObject({ ok: false, again: false });
});

test("runs nothing but what lies in the scripts folder", async () => {
  const refused = { ok: false, again: false, answer: expect.stringContaining("does not lie in") };
  expect(await run("/bin/true")).toMatchObject(refused);
  expect(await run(`${scripts}/../../../../../../bin/true`)).toMatchObject(refused);
  symlinkSync("/bin/true", join(scripts, "link"));
  expect(await run(join(scripts, "link"))).toMatchObject(refused);
  const none = await deliver(script, { path: "/bin/true" }, makeMessage(), openTestDoors());
  expect(none).toMatchObject({ ok: false, again: false, answer: "This Unity runs no scripts." });
});
