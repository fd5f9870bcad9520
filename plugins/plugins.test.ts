import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findFolderProblems, listCases, replayFile } from "../server/collect/plugin-folder";
import { listPluginIds, loadPlugin } from "../server/collect/registry";

const folder = fileURLToPath(new URL(".", import.meta.url));
const plugins = await Promise.all(
  (await listPluginIds(folder)).map(async (id) => ({
    id,
    loaded: await loadPlugin(folder, id),
    cases: await listCases(folder, id),
  })),
);

test("the plugin folders are found", () => {
  expect(plugins.map(({ id }) => id)).not.toContain("sdk");
});

/** The contract of every plugin. Failures are lists of sentences: each says what is wrong. */
describe.each(plugins)("$id", ({ id, loaded, cases }) => {
  test("its definition is valid", () => {
    expect(loaded.ok ? [] : loaded.problems).toEqual([]);
  });

  test("its folder has an icon, a README and golden cases", async () => {
    expect(await findFolderProblems(folder, id)).toEqual([]);
  });

  test.each(cases)("replays %s", async (name) => {
    if (!loaded.plugin) throw new Error("The plugin does not load.");
    expect(await replayFile(folder, loaded.plugin, name)).toEqual([]);
  });
});
