import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RuleDraft } from "../alerts/shapes/rule";
import { openServed } from "../http/test-matrix";
import { WrongUse } from "../move/command";
import { runRemote } from "./command";
import { Unreachable } from "./connect";
import { painter, plain } from "./lines";

let served: Awaited<ReturnType<typeof openServed>>;
let token = "";
beforeAll(async () => {
  served = await openServed();
  const { accounts } = served.unity;
  const [ada] = await accounts.people.list();
  const draft = { name: "terminal", scopes: ["read" as const, "respond" as const], tags: null, expiresInDays: null };
  token = (await accounts.tokens.create(ada?.id ?? "", draft)).secret;
  served.unity.start();
}, 60_000);
afterAll(() => served?.close());

interface Asked {
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly heard?: (text: string) => void;
}

/** At a terminal it shows lines, else JSON. */
async function run(args: readonly string[], { isTTY = false, env = {}, signal, heard }: Asked = {}) {
  let text = "";
  const write = (piece: string) => {
    text += piece;
    heard?.(text);
  };
  const code = await runRemote(args, {
    env: { UNITY_URL: served.url, UNITY_TOKEN: token, NO_COLOR: "1", ...env },
    signal: signal ?? new AbortController().signal,
    out: { isTTY, write },
  });
  return { code, text };
}
const system = () => served.unity.instances.list().find(({ plugin }) => plugin === "system-info");

test("instances are lines for people and JSON for programs", async () => {
  const { code, text } = await run(["instances"]);
  expect(code).toBe(0);
  const all = JSON.parse(text) as { id: string; plugin: string }[];
  expect(all.map(({ id }) => id)).toContain(system()?.id);
  const lines = (await run(["instances"], { isTTY: true })).text.trimEnd().split("\n");
  expect(lines).toHaveLength(all.length);
  expect(lines.join("\n")).toContain("System");
});

test("a run is waited for, and shows what was read", async () => {
  const { code, text } = await run(["run", system()?.id ?? ""]);
  expect(code).toBe(0);
  const { run: made, readings } = JSON.parse(text) as { run: { outcome: string }; readings: { metric: string }[] };
  expect(made.outcome).not.toBe("failed");
  expect(readings.map(({ metric }) => metric)).toContain("system_memory_total_bytes");
  await expect(run(["run", "nothing of this name"])).rejects.toThrow("No instance is called");
});

test("what is measured comes as it is measured, until it is stopped", async () => {
  const stopping = new AbortController();
  const { code, text } = await run(["tail", system()?.id ?? ""], {
    signal: stopping.signal,
    heard: (so) => so.split("\n").length > 3 && stopping.abort(),
  });
  expect(code).toBe(0);
  const first = JSON.parse(text.split("\n", 1)[0] ?? "") as { at: string; series: string; value: number };
  expect(first.series).toMatch(/ {2}(system|unity)_/);
  expect(Math.abs(Date.now() - Date.parse(first.at))).toBeLessThan(600_000);
});

test("the exit code says whether something fires that nobody looked at; who looks, says so", async () => {
  const rule = RuleDraft.parse({
    name: "Has memory",
    scope: { kind: "instance", instance: system()?.id ?? "" },
    severity: "critical",
    parts: [{ kind: "value", metric: "system_memory_total_bytes", is: "above", limit: 1 }],
    summary: "{{instance}} has {{value}}",
  });
  const { id } = await served.unity.alerts.book.create(rule);
  const calm = JSON.parse((await run(["status"])).text) as { instances: { healthy: number } };
  expect(calm.instances.healthy).toBeGreaterThanOrEqual(0);
  await run(["run", system()?.id ?? ""]);
  const mine = async () => {
    const { code, text } = await run(["status"]);
    const { ok, firing } = JSON.parse(text) as { ok: boolean; firing: { id: string; ruleId: string }[] };
    expect(code).toBe(ok ? 0 : 1);
    return firing.find(({ ruleId }) => ruleId === id);
  };
  await expect.poll(mine).toBeDefined();
  const shown = await run(["status"], { isTTY: true });
  expect([shown.code, shown.text]).toEqual([1, expect.stringMatching(/critical {2}\S+ has [\d.]+ GiB/)]);
  const alert = (await mine())?.id ?? "";
  await expect(run(["ack", "no such id"])).rejects.toThrow("No alert that is open");
  const acknowledged = await run(["ack", alert, "--note", "I know"], { isTTY: true });
  expect(acknowledged.text).toContain("Has memory is acknowledged");
  expect((await run(["status"], { isTTY: true })).text).toContain("acknowledged by");
});

test("a bundle is written to the screen, or into a file that was not there", async () => {
  const { code, text } = await run(["bundle", "--budget", "8000", "--for", "6h"]);
  expect([code, text]).toEqual([0, expect.stringMatching(/^# Unity, .+ UTC\n[\s\S]+"kind":"instance"/)]);
  expect((await run(["bundle", "--jsonl"])).text).toMatch(/^\{"kind":"about"/);
  const folder = await mkdtemp(join(tmpdir(), "unity-bundle-"));
  const file = join(folder, "day.md");
  const told = await run(["bundle", file, "--pseudonyms"], { isTTY: true });
  expect(told.text).toMatch(/day\.md has \d+ tokens/);
  expect(await readFile(file, "utf8")).toContain('"names":"pseudonyms"');
  await expect(run(["bundle", file])).rejects.toThrow("already");
  for (const wrong of [
    ["--budget", "5"],
    ["--for", "long"],
  ])
    await expect(run(["bundle", ...wrong])).rejects.toBeInstanceOf(WrongUse);
  await rm(folder, { recursive: true });
});

test("a silence is made, for as long as it is said", async () => {
  await run(["silence", system()?.id ?? "", "--for", "2h", "--note", "new disk"]);
  const [kept] = served.unity.muting.silences.all();
  expect(kept?.silence).toMatchObject({ note: "new disk", matchers: [{ of: "instance", value: system()?.id }] });
  const when = kept?.silence.when;
  expect(when?.kind === "once" && when.to - when.from).toBe(7_200_000);
  for (const wrong of [[], ["--for", "soon"], ["--for", "0h"]])
    await expect(run(["silence", system()?.id ?? "", ...wrong])).rejects.toBeInstanceOf(WrongUse);
});

test("whoever may not, is told what to do; so is who asks in vain", async () => {
  await expect(run(["status"], { env: { UNITY_TOKEN: "" } })).rejects.toThrow("make an API token");
  await expect(run(["status"], { env: { UNITY_URL: "http://127.0.0.1:9" } })).rejects.toBeInstanceOf(Unreachable);
  for (const wrong of [
    ["status", "x"],
    ["run"],
    ["run", "a", "b"],
    ["status", "--nonsense"],
    ["status", "--url", "nas"],
  ])
    await expect(run(wrong)).rejects.toBeInstanceOf(WrongUse);
});

test("a name is text, whatever it is made of", () => {
  expect(plain("a\u001b[2Jb\u202ec\nd")).toBe("a\\u{1b}[2Jb\\u{202e}c\\u{a}d");
  expect(painter(true)("x", "red")).toBe("\u001b[31mx\u001b[0m");
  expect(painter(false)("x", "red")).toBe("x");
});
