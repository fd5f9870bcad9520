import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Secret } from "../secrets";
import { makeKeyText } from "./key";
import { isOpenToOthers, makeKeyFile, readAllKeys } from "./read-keys";

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), "unity-keys-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
const NONE = { key: undefined, old: undefined, file: undefined };

test("the file is for its owner alone, and nothing else is left", async () => {
  const folder = await makeFolder();
  const file = join(folder, "secret.key");
  const [key] = await makeKeyFile(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["secret.key"]);
  expect((await readAllKeys({ ...NONE, ownFile: file })).keys.map(({ id }) => id)).toEqual([key?.id]);
  expect(await isOpenToOthers(file)).toBe(false);
  await chmod(file, 0o640);
  expect(await isOpenToOthers(file)).toBe(true);
});

test("of many processes that make it at once, all have the same", async () => {
  const folder = await makeFolder();
  const file = join(folder, "secret.key");
  const program = `
    import { makeKeyFile } from ${JSON.stringify(join(import.meta.dirname, "read-keys.ts"))};
    const [start, file] = process.argv.slice(1);
    while (Date.now() < Number(start));
    const made = await Promise.all(Array.from({ length: 20 }, () => makeKeyFile(file)));
    process.stdout.write(made.map(([key]) => key.id).join("\\n") + "\\n");
  `;
  const start = String(Date.now() + 3_000);
  const said = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program, start, file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      await once(child, "close");
      return text.trim().split("\n");
    }),
  );
  expect(said.flat()).toHaveLength(80);
  expect(new Set(said.flat()).size).toBe(1);
  expect(await readdir(folder)).toEqual(["secret.key"]);
  expect((await readFile(file, "utf8")).split("\n")).toHaveLength(2);
}, 30_000);

test("the environment comes before a file of its own, which stays readable; the former ones come last", async () => {
  const folder = await makeFolder();
  const ownFile = join(folder, "secret.key");
  const [own] = await makeKeyFile(ownFile);
  const [given, old] = [makeKeyText(), makeKeyText()];
  const found = await readAllKeys({ ...NONE, ownFile, key: new Secret(given), old: new Secret(`${old}, ${given}`) });
  expect(found.keys).toHaveLength(3);
  expect(found.keys[1]?.id).toBe(own?.id);
  expect(found).toMatchObject({ shown: "UNITY_SECRET_KEY", ownFile: undefined });
  const file = join(folder, "given");
  await writeFile(file, given);
  expect((await readAllKeys({ ...NONE, ownFile, file })).keys[0]?.id).toBe(found.keys[0]?.id);
  await expect(readAllKeys({ ...NONE, ownFile, file, key: new Secret(given) })).rejects.toThrow("Unset one of them");
  await expect(readAllKeys({ ...NONE, ownFile, file: join(folder, "gone") })).rejects.toThrow("is not there");
});

test("a file that is no key is not replaced", async () => {
  const folder = await makeFolder();
  const ownFile = join(folder, "secret.key");
  await writeFile(ownFile, "oops\n");
  await expect(readAllKeys({ ...NONE, ownFile })).rejects.toThrow(`${ownFile} holds no key`);
  await expect(makeKeyFile(ownFile)).rejects.toThrow("holds no key");
  await writeFile(ownFile, "");
  await expect(readAllKeys({ ...NONE, ownFile })).rejects.toThrow("is empty");
});
