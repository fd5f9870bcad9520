import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { headerMap, secret } from "../../plugins/sdk/config";
import { createSecretReader } from "./secret-reader";
import { testSecrets } from "./test-vault";

const schema = z.object({ url: z.string(), password: secret().optional(), headers: headerMap() });

async function open(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "unity-secrets-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const allowed = join(folder, "allowed");
  await mkdir(allowed);
  const keyFile = join(allowed, "key");
  await writeFile(keyFile, "the key");
  const reader = createSecretReader({ vault: testSecrets, env, folder: allowed, keyFiles: [keyFile] });
  const read = async (password: string) => (await reader.read(schema, { url: "x", password })).password;
  return { reader, folder, allowed, read };
}

test("what has no reference comes back itself, at once", async () => {
  const { reader } = await open();
  const config = { url: `\${UNITY_SECRET_A}`, password: `plain \${UNITY_SECRET_A}` };
  expect(reader.read(schema, config)).toBe(config);
});

test("a variable is read, only in a secret field, and only one that was made for it", async () => {
  const { read, reader } = await open({
    UNITY_SECRET_NAS: "hunter2",
    HOME: "/root",
    UNITY_SECRET_KEY: "k",
    UNITY_SECRET_KEY_OLD: "k",
  });
  expect(await read(`\${UNITY_SECRET_NAS}`)).toBe("hunter2");
  const config = { url: `\${UNITY_SECRET_NAS}`, headers: { A: `\${UNITY_SECRET_NAS}` } };
  expect(await reader.read(schema, config)).toEqual({ url: config.url, headers: { A: "hunter2" } });
  for (const name of ["HOME", "UNITY_SECRET_", "UNITY_SECRET_KEY", "UNITY_SECRET_KEY_OLD"]) {
    await expect(read(`\${${name}}`)).rejects.toMatchObject({ reason: "config" });
    expect(reader.refuse(schema, { headers: { A: `\${${name}}` } })).toMatchObject({ path: ["headers", "A"] });
  }
  await expect(read(`\${UNITY_SECRET_OTHER}`)).rejects.toMatchObject({
    reason: "config",
    message: "The variable UNITY_SECRET_OTHER is not set, and a secret refers to it.",
  });
  expect(reader.refuse(schema, { password: `\${UNITY_SECRET_OTHER}` })).toBeUndefined();
});

test("a file is read anew each time, without its last line end; what did not change is the same object", async () => {
  const { reader, allowed } = await open();
  const file = join(allowed, "nas");
  await writeFile(file, "hunter2\n");
  const config = { url: "x", password: `file:${file}` };
  const first = await reader.read(schema, config);
  expect(first.password).toBe("hunter2");
  expect(await reader.read(schema, config)).toBe(first);
  await writeFile(file, "changed");
  expect((await reader.read(schema, config)).password).toBe("changed");
});

test("no other file is read: not outside, not by a link, not by dots, not the key", async () => {
  const { read, reader, folder, allowed } = await open();
  await writeFile(join(folder, "outside"), "private");
  await symlink(join(folder, "outside"), join(allowed, "link"));
  await writeFile(join(allowed, "empty"), "");
  await mkdir(join(allowed, "folder"));
  const kept = ["outside", "allowed/../outside", "allowed", "allowedx/y"];
  for (const path of kept) {
    await expect(read(`file:${join(folder, "x").slice(0, -1)}${path}`)).rejects.toMatchObject({ reason: "config" });
    expect(reader.refuse(schema, { password: `file:${folder}/${path}` })?.why).toMatch(/does not lie in/);
  }
  for (const path of ["link", "key", "empty", "folder", "missing"])
    await expect(read(`file:${join(allowed, path)}`)).rejects.toMatchObject({ reason: "config" });
});

test("one inside by a link is read, as Kubernetes mounts them", async () => {
  const { read, allowed } = await open();
  await mkdir(join(allowed, "..data"));
  await writeFile(join(allowed, "..data", "token"), "hunter2");
  await symlink("..data/token", join(allowed, "token"));
  await chmod(join(allowed, "token"), 0o400);
  expect(await read(`file:${join(allowed, "token")}`)).toBe("hunter2");
});

test("what cannot be read says which secret and why", async () => {
  const { reader } = await open();
  const sealed = testSecrets.seal({ table: "plugins", row: "another" }, schema, { url: "x", password: "p" });
  expect(() => reader.read(schema, sealed)).toThrow(
    "The secret password cannot be read: it was changed or moved outside of Unity.",
  );
});
