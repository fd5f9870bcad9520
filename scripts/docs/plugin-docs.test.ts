import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { drawTable } from "./markdown";
import { listOptions } from "./option-rows";
import { writePluginDocs } from "./plugin-docs";

const docs = fileURLToPath(new URL("../../docs/plugins", import.meta.url));

test("docs/plugins says what the plugins are: npm run docs:plugins", { timeout: 60_000 }, async () => {
  const pages = await writePluginDocs(fileURLToPath(new URL("../../plugins", import.meta.url)));
  const stale: string[] = [];
  for (const [name, text] of pages)
    if ((await readFile(join(docs, name), "utf8").catch(() => "")) !== text) stale.push(name);
  expect(stale).toEqual([]);
  expect((await readdir(docs)).filter((name) => !pages.has(name))).toEqual([]);
});

test("options of a group stand under its name, with what they are when nothing is said", () => {
  const form = {
    required: ["url"],
    properties: {
      url: { type: "string", title: "Address" },
      port: { type: "integer", minimum: 1, maximum: 65_535, default: 80, title: "Port", description: "Of it." },
      tls: { type: "object", properties: { verify: { type: "boolean", default: true, title: "Verify" } } },
      names: { type: "array", items: { type: "string" }, default: [] },
      token: { type: "string", secret: true },
    },
  };
  expect(listOptions(form)).toEqual([
    { path: "url", kind: "text", otherwise: "required", meaning: "Address" },
    { path: "port", kind: "number, 1 to 65535", otherwise: "80", meaning: "Port. Of it." },
    { path: "tls.verify", kind: "yes or no", otherwise: "true", meaning: "Verify" },
    { path: "names", kind: "list of text", otherwise: "", meaning: "" },
    { path: "token", kind: "secret", otherwise: "", meaning: "" },
  ]);
});

test("tables are as wide as their widest cell", () => {
  expect(drawTable(["A", "Long"], [["x", "y"]])).toBe("| A   | Long |\n| --- | ---- |\n| x   | y    |");
});
