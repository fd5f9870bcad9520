import { expect, test } from "vitest";
import { CollectError } from "./errors";
import { expandGlob } from "./expand-glob";

const folders: Record<string, string[]> = {
  "/": ["etc"],
  "/etc": ["hosts", "ssl"],
  "/etc/ssl": [".hidden", "a.pem", "b.pem", "b.key", "deep"],
  "/etc/ssl/.hidden": ["c.pem"],
  "/etc/ssl/deep": ["d.pem", "deeper"],
  "/etc/ssl/deep/deeper": ["e.pem"],
};
const { signal } = new AbortController();
const listDir = async (path: string) => {
  const names = folders[path];
  if (!names) throw new CollectError("not_found", `${path} is no folder.`);
  return names;
};
const expand = (pattern: string) => expandGlob({ listDir, signal }, pattern);

test.each([
  ["/etc/ssl/*.pem", ["/etc/ssl/a.pem", "/etc/ssl/b.pem"]],
  ["/etc/ssl/?.pem", ["/etc/ssl/a.pem", "/etc/ssl/b.pem"]],
  ["/etc/*/a.pem", ["/etc/hosts/a.pem", "/etc/ssl/a.pem"]],
  ["/*/ssl/b.*", ["/etc/ssl/b.key", "/etc/ssl/b.pem"]],
  ["/etc/ssl/**/*.pem", ["/etc/ssl/a.pem", "/etc/ssl/b.pem", "/etc/ssl/deep/d.pem", "/etc/ssl/deep/deeper/e.pem"]],
  ["/etc/ssl/.*/*.pem", ["/etc/ssl/.hidden/c.pem"]],
  ["/etc/ssl/*.none", []],
])("%s finds %j", async (pattern, paths) => {
  expect(await expand(pattern)).toEqual(paths);
});

test("a folder that is not there is said where the pattern begins, and passed over below", async () => {
  await expect(expand("/nowhere/*.pem")).rejects.toThrow("/nowhere is no folder.");
});

test("a disk without end is given up", async () => {
  let listed = 0;
  const endless = async () => {
    listed += 1;
    return ["a", "b", "c"];
  };
  await expandGlob({ listDir: endless, signal }, "/**/*.pem");
  expect(listed).toBeLessThanOrEqual(500);
});
