import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { serve } from "../server/collect/doors/test-servers";
import { loadPlugin } from "../server/collect/registry";
import { checkLive, checkPlugin } from "./check-plugin";
import { recordCase } from "./record-case";
import { scaffoldPlugin } from "./scaffold-plugin";

// A plugins folder of its own, with the real SDK in it: nothing is left behind in the repository.
const root = mkdtempSync(join(tmpdir(), "unity-scaffold-"));
afterAll(() => rmSync(root, { recursive: true }));
const repository = fileURLToPath(new URL("..", import.meta.url));
const plugins = join(root, "plugins");
await mkdir(plugins);
symlinkSync(join(repository, "plugins", "sdk"), join(plugins, "sdk"));
symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));

async function loadNew(id: string) {
  await scaffoldPlugin(plugins, id);
  const { plugin } = await loadPlugin(plugins, id);
  if (!plugin) throw new Error(`${id} did not load.`);
  return plugin;
}

test("a new plugin passes its check at once, runs for real, and can be recorded", async () => {
  const plugin = await loadNew("coffee-maker");
  expect(await checkPlugin(plugins, "coffee-maker")).toEqual({
    ok: true,
    lines: ["✓ the definition is valid: 3 metrics, 1 rules, 3 items on the board.", "✓ case refused", "✓ case up"],
  });

  let key: string | undefined;
  const port = await serve(
    http.createServer((request, response) => {
      key = String(request.headers["x-key"]);
      response.end(`hello ${request.headers["x-key"]}`);
    }),
  );
  const config = { url: `http://127.0.0.1:${port}/`, headers: { "X-Key": "s3cret-key" } };
  const live = await checkLive(plugin, config);
  expect(live.ok).toBe(true);
  expect(live.lines).toContain("  coffee_maker_status_code  200 count");

  const recorded = await recordCase(plugins, plugin, { name: "live", config, about: "It brews." });
  expect(recorded).toMatchObject({ readings: 3, differences: [] });
  expect(key).toBe("s3cret-key");
  const written = readFileSync(recorded.file, "utf8");
  expect(written).toContain('"about": "It brews."');
  expect(written).not.toContain("s3cret-key");
  expect((await checkPlugin(plugins, "coffee-maker")).ok).toBe(true);
});

test("a check says what is wrong, and fails", async () => {
  await loadNew("tea");
  const file = join(plugins, "tea", "cases", "up.json");
  writeFileSync(file, readFileSync(file, "utf8").replace('"tea_status_code", 200', '"tea_status_code", 201'));
  rmSync(join(plugins, "tea", "icon.svg"));
  expect(await checkPlugin(plugins, "tea")).toEqual({
    ok: false,
    lines: expect.arrayContaining([
      "✗ icon.svg is missing.",
      "✗ case up",
      "    ~ tea_status_code expected 201, got 200",
    ]),
  });
});

test("a run that fails and settings that do not fit are told", async () => {
  const plugin = await loadNew("water");
  expect(await checkLive(plugin, { url: "http://127.0.0.1:1/" })).toMatchObject({
    ok: false,
    lines: expect.arrayContaining([expect.stringContaining("✗ unreachable: 127.0.0.1:1 refused the connection.")]),
  });
  await expect(checkLive(plugin, {})).rejects.toThrow(/url: /);
  await expect(recordCase(plugins, plugin, { name: "../x", config: {}, about: undefined })).rejects.toThrow(
    /case name/,
  );
});

test("refuses an id that is none, or is taken", async () => {
  for (const id of ["Bad", "../x", "sdk", "a--b", ""])
    await expect(scaffoldPlugin(plugins, id)).rejects.toThrow(/not a plugin id/);
  await scaffoldPlugin(plugins, "taken");
  await expect(scaffoldPlugin(plugins, "taken")).rejects.toThrow(/already there/);
});
