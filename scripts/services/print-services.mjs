import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inRoot } from "../tasks/root.mjs";

/** The table of what each plugin was proven against. @param place the folder that tests left their findings in */
export async function printServices(rows, place) {
  const counts = await readJson(join(place, "counts.json"), {});
  const { missing } = await readJson(join(place, "state.json"), { missing: {} });
  const versions = await readVersions(place);
  const lines = await Promise.all(
    rows.map(async (row) => {
      const key = `${row.plugin}/${row.target}`;
      return [row.plugin, row.target, row.proof, versions[key] ?? "", await resultOf(row, counts[key], missing)];
    }),
  );
  const titles = ["Plugin", "Service", "Proof", "Version", "Result"];
  const widths = titles.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  const draw = (line) => line.map((text, column) => (column === 4 ? text : text.padEnd(widths[column]))).join("  ");
  process.stdout.write(`\n${[titles, ...lines].map(draw).join("\n")}\n`);
}

async function resultOf({ plugin, proof, because, packages, unpack }, count, missing) {
  const reason = [...packages, ...unpack].map((name) => missing[name]).find(Boolean);
  if (proof === "double") return `${await countCases(plugin)} golden cases of the plugin: ${because}`;
  if (!count) return reason ? `skipped: ${reason}` : "not tested";
  if (count.failed > 0) return `${count.failed} failed, ${count.passed} passed`;
  if (count.passed === 0) return `skipped: ${reason ?? "its test says why"}`;
  return `${count.passed} passed${count.skipped > 0 ? `, ${count.skipped} skipped` : ""}`;
}

async function countCases(plugin) {
  const folder = inRoot("plugins", plugin, "cases");
  return existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(".json")).length : 0;
}

async function readVersions(place) {
  const names = (await readdir(place)).filter((name) => name.endsWith(".version.json"));
  const found = await Promise.all(names.map((name) => readJson(join(place, name), {})));
  return Object.fromEntries(found.map(({ key, version }) => [key, version]));
}

const readJson = (file, otherwise) => readFile(file, "utf8").then(JSON.parse, () => otherwise);
