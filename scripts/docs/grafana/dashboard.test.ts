import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { OWN_METRICS } from "../../../server/collect/own-metrics";
import { loadRegistry } from "../../../server/collect/registry";
import { folders } from "../../../server/places";
import { writeDashboard } from "./dashboard";
import { ROWS } from "./panels";

const file = fileURLToPath(new URL("../../../docs/examples/grafana.json", import.meta.url));

test("docs/examples/grafana.json is what the code says", async () => {
  const isFresh = (await readFile(file, "utf8")) === `${JSON.stringify(writeDashboard(), null, 2)}\n`;
  expect(isFresh, "npm run docs:grafana writes it anew.").toBe(true);
});

test("every metric that it draws is one that a plugin has", async () => {
  const registry = await loadRegistry(folders.plugins, { warn: () => undefined });
  const declared = new Set(registry.all().flatMap(({ metrics }) => Object.keys(metrics)));
  for (const name of Object.keys(OWN_METRICS)) declared.add(name);
  const drawn = ROWS.flatMap(({ panels }) => panels).flatMap(({ sql }) =>
    [...sql.matchAll(/metric = '(\w+)'/g)].map(([, name = ""]) => name),
  );
  expect(drawn.length).toBeGreaterThan(10);
  expect(drawn.filter((name) => !declared.has(name))).toEqual([]);
});

test("panels lie beside each other, and none on another", () => {
  const taken = new Set<string>();
  for (const { gridPos } of writeDashboard().panels as { gridPos: { x: number; y: number; w: number; h: number } }[]) {
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken).not.toContain(`${x} ${y}`);
        taken.add(`${x} ${y}`);
      }
  }
});
