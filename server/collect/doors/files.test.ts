import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createDoors } from "./doors";

const folder = mkdtempSync(join(tmpdir(), "unity-files-"));
afterAll(() => rmSync(folder, { recursive: true }));
const { doors } = createDoors({ signal: new AbortController().signal });
const at = (name: string) => join(folder, name);

test("reads a file, also one of /proc and /sys that says it has no bytes", async () => {
  writeFileSync(at("text"), "grüße");
  expect(await doors.readFile(at("text"))).toBe("grüße");
  expect(await doors.readFile("/proc/self/status")).toContain(`Pid:\t${process.pid}`);
  expect(await doors.readFile(`/proc/${process.pid}/cmdline`)).toContain("node");
  expect(Number(await doors.readFile("/sys/class/net/lo/mtu"))).toBeGreaterThan(0);
});

test("reads the beginning when a cap is named, and refuses half a file when none is", async () => {
  writeFileSync(at("large"), "x".repeat(9 * 1_024 * 1_024));
  expect(await doors.readFile(at("large"), { maxBytes: 10 })).toBe("xxxxxxxxxx");
  expect(await doors.readFile("/proc/self/status", { maxBytes: 4 })).toBe("Name");
  await expect(doors.readFile(at("large"))).rejects.toMatchObject({ reason: "parse" });
});

test("reads a part of a file, and knows it again after it was renamed", async () => {
  writeFileSync(at("log"), "one\ntwo\n");
  const first = await doors.readPart(at("log"), { offset: 4, maxBytes: 100 });
  expect(first).toMatchObject({ bytes: 8, offset: 4 });
  expect(String(first.data)).toBe("two\n");
  const last = await doors.readPart(at("log"), { offset: -3, maxBytes: 2 });
  expect([last.offset, String(last.data)]).toEqual([5, "wo"]);
  expect((await doors.readPart(at("log"), { offset: -100, maxBytes: 3 })).offset).toBe(0);
  expect(await doors.readPart(at("log"), { offset: 9, maxBytes: 3 })).toMatchObject({ bytes: 8, data: { length: 0 } });
  renameSync(at("log"), at("log.1"));
  writeFileSync(at("log"), "three\n");
  expect((await doors.readPart(at("log.1"), { offset: 0, maxBytes: 0 })).id).toBe(first.id);
  expect((await doors.readPart(at("log"), { offset: 0, maxBytes: 0 })).id).not.toBe(first.id);
});

test("reads no part of what has no parts", async () => {
  execFileSync("mkfifo", [at("pipe")]);
  for (const path of [folder, at("pipe"), "/dev/zero", at("none")])
    await expect(doors.readPart(path, { offset: 0, maxBytes: 10 })).rejects.toMatchObject({ reason: "not_found" });
});

test.each([
  ["/no/such/file", "not_found"],
  ["/proc/999999999/stat", "not_found"],
  ["relative", "not_found"],
  ["/proc/self/task/1/../../../../etc/no-such", "not_found"],
])("%s is %s", async (path, reason) => {
  await expect(doors.readFile(path)).rejects.toMatchObject({ name: "CollectError", reason });
});

test("a folder is no file, and a FIFO that nobody writes holds nobody up", async () => {
  await expect(doors.readFile(folder)).rejects.toMatchObject({ message: `${folder} is a folder, not a file.` });
  execFileSync("mkfifo", [at("fifo")]);
  expect(await doors.readFile(at("fifo"))).toBe("");
});

test("a device without end is refused at the cap", async () => {
  await expect(doors.readFile("/dev/zero")).rejects.toMatchObject({ reason: "parse" });
});

test("lists a folder sorted, reads links, and knows what a thing is", async () => {
  mkdirSync(at("list"));
  for (const name of ["b", "a", "c"]) writeFileSync(join(folder, "list", name), "12");
  symlinkSync("list/a", at("link"));
  expect(await doors.listDir(at("list"))).toEqual(["a", "b", "c"]);
  expect(await doors.readLink(at("link"))).toBe("list/a");
  await expect(doors.readLink(at("list"))).rejects.toMatchObject({ reason: "not_found" });
  expect(await doors.stat(at("link"))).toMatchObject({ type: "file", bytes: 2 });
  expect((await doors.stat(folder)).type).toBe("directory");
  expect((await doors.stat("/dev/null")).type).toBe("other");
  expect((await doors.stat(at("list"))).mtimeMs).toBeGreaterThan(1_600_000_000_000);
});

test("measures the file system that holds a path", async () => {
  const space = await doors.statfs(folder);
  expect(space.blockBytes * space.blocks).toBeGreaterThan(space.blockBytes * space.blocksAvailable);
  expect(space.blocksFree).toBeGreaterThanOrEqual(space.blocksAvailable);
});

test("a stopped run reads nothing more", async () => {
  const stopped = createDoors({ signal: AbortSignal.abort() }).doors;
  await expect(stopped.readFile("/proc/uptime")).rejects.toMatchObject({ reason: "timeout" });
  await expect(stopped.statfs("/")).rejects.toMatchObject({ reason: "timeout" });
});

test("many readings of /proc let others have their turn", async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const endAt = performance.now() + 60;
  while (performance.now() < endAt) await doors.readFile("/proc/stat");
  clearInterval(timer);
  expect(turns).toBeGreaterThan(4);
});

test("keys and environments are read by no plugin, under whatever name", async () => {
  mkdirSync(at("secrets"));
  for (const name of ["secret.key", "secrets/token"]) writeFileSync(at(name), "hush");
  symlinkSync(at("secret.key"), at("linked.log"));
  linkSync(at("secret.key"), at("copied.log"));
  const { doors: guarded } = createDoors({
    signal: new AbortController().signal,
    privateFiles: { files: [at("not there"), at("secret.key")], folder: at("secrets") },
  });
  const refused = [
    ...["secret.key", "linked.log", "copied.log", "secrets/token", "secrets/../secret.key"].map(at),
    `/proc/self/root${at("secret.key")}`,
    "/proc/self/environ",
    `/proc/${process.pid}/task/${process.pid}/environ`,
    "/proc/self/root/proc/self/environ",
  ];
  for (const path of refused) {
    await expect(guarded.readFile(path)).rejects.toMatchObject({ reason: "permission" });
    await expect(guarded.readPart(path, { offset: 0, maxBytes: 10 })).rejects.toMatchObject({ reason: "permission" });
  }
  writeFileSync(at("ordinary.log"), "fine");
  expect(await guarded.readFile(at("ordinary.log"))).toBe("fine");
  expect(await guarded.readFile("/proc/self/status")).toContain("Pid:");
});
