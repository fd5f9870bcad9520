import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { loadRegistry } from "./registry";

const root = mkdtempSync(join(tmpdir(), "unity-registry-"));
afterAll(() => rmSync(root, { recursive: true }));
const repository = fileURLToPath(new URL("../..", import.meta.url));
symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
const source = (id: string, name: string) => `
import { z } from "zod";
export default {
  id: "${id}", name: "${name}", summary: "A plugin.", category: "system", tier: 0, kind: "host", intervalSeconds: 10,
  config: z.object({}), metrics: { up: { kind: "gauge", unit: "bool", description: "Up." } }, alerts: [],
  board: [{ type: "meter", metric: "up", title: "Up" }], collect: async () => {},
};`;

test("loads what is good and lists what is broken, and nothing broken harms the rest", async () => {
  mkdirSync(join(root, "plugins", "sdk"), { recursive: true });
  writeFileSync(join(root, "plugins", "sdk", "index.ts"), "throw new Error('not a plugin');");
  write("plugins/zebra/index.ts", source("zebra", "Alpha"));
  write("plugins/apple/index.js", source("apple", "Beta"));
  write("plugins/throws/index.ts", "throw new Error('oh no');");
  write("plugins/missing-import/index.ts", 'import "./not-there"; export default 1;');
  write("plugins/empty/index.ts", "export const nothing = 1;");
  write("plugins/wrong/index.ts", source("right", "Wrong"));
  write("plugins/no-index/README.md", "# Nothing");
  write("plugins/broken.json", '[{ "id": "unbuilt", "error": "line 3: unexpected }" }]');
  const warned: unknown[] = [];
  const registry = await loadRegistry(join(root, "plugins"), { warn: (facts: object) => void warned.push(facts) });

  expect(registry.all().map(({ id }) => id)).toEqual(["zebra", "apple"]);
  expect(registry.get("apple")?.name).toBe("Beta");
  expect(registry.get("wrong")).toBeUndefined();
  expect(registry.iconPath("apple")).toBe(join(root, "plugins", "apple", "icon.svg"));
  expect(registry.broken).toEqual([
    { id: "unbuilt", error: "line 3: unexpected }" },
    { id: "empty", error: expect.stringContaining("no default export") },
    { id: "missing-import", error: expect.stringContaining("not-there") },
    { id: "throws", error: expect.stringContaining("oh no") },
    { id: "wrong", error: 'id: is "right", but the folder is "wrong".' },
  ]);
  expect(warned).toHaveLength(5);
});
