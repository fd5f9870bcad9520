import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createDoors } from "./doors";

const folder = mkdtempSync(join(tmpdir(), "unity-tools-"));
afterAll(() => rmSync(folder, { recursive: true }));

function tool(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}
const toolFolders = [folder, "/usr/bin", "/bin"];
const { doors } = createDoors({ signal: new AbortController().signal, toolFolders });
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    // A killed process that nobody has waited for yet is dead all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

test("gives code, output and complaints; an exit code is no error", async () => {
  tool("talk", 'echo "$1"; cat; echo bad >&2; exit 3');
  const answer = await doors.exec("talk", ["a b; $(id)"], { stdin: "told\n" });
  expect(answer).toEqual({ code: 3, stdout: "a b; $(id)\ntold\n", stderr: "bad\n" });
});

test("gives the tool a small environment and what the plugin adds", async () => {
  process.env.UNITY_TEST_SECRET = "s3cret";
  tool("environment", "env");
  const { stdout } = await doors.exec("environment", [], { env: { RESTIC_PASSWORD: "p" } });
  delete process.env.UNITY_TEST_SECRET;
  const names = stdout
    .trim()
    .split("\n")
    .filter((line) => !/^(PWD|SHLVL|_|OLDPWD)=/.test(line));
  expect(names.sort()).toEqual(["LC_ALL=C", `PATH=${toolFolders.join(":")}`, "RESTIC_PASSWORD=p", "TZ=UTC"]);
});

test("a missing tool is named with its package", async () => {
  await expect(doors.exec("smartctl-not-here", ["-j"], { package: "smartmontools" })).rejects.toMatchObject({
    reason: "missing_tool",
    message: "smartctl-not-here is not installed on this machine.",
    hint: expect.stringContaining("apt install smartmontools"),
  });
});

test("refuses a path as a tool", async () => {
  await expect(doors.exec("../../bin/sh", [])).rejects.toMatchObject({ reason: "internal" });
});

test("kills a tool at the end of its time, with what it started", async () => {
  tool("sleeper", `sleep 60 & echo $! > ${folder}/child; trap '' TERM INT; wait`);
  const startedAt = performance.now();
  await expect(doors.exec("sleeper", [], { timeoutMs: 200 })).rejects.toMatchObject({ reason: "timeout" });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await expect.poll(() => isAlive(Number(readFileSync(join(folder, "child"), "utf8")))).toBe(false);
});

test("the run's signal kills it at once", async () => {
  const run = new AbortController();
  tool("waiter", `echo $$ > ${folder}/waiter.pid; sleep 60`);
  const running = createDoors({ signal: run.signal, toolFolders }).doors.exec("waiter", []);
  const refused = expect(running).rejects.toMatchObject({ reason: "timeout" });
  const pid = () => Number(readFileSync(join(folder, "waiter.pid"), "utf8").trim() || "0");
  await expect
    .poll(() => {
      try {
        return pid();
      } catch {
        return 0;
      }
    })
    .toBeGreaterThan(0);
  run.abort();
  await refused;
  await expect.poll(() => isAlive(pid())).toBe(false);
});

test("ends a tool that prints for ever", async () => {
  tool("chatter", "yes");
  await expect(doors.exec("chatter", [])).rejects.toMatchObject({ reason: "protocol" });
});

test("cuts what a tool prints where that was asked for, and says so", async () => {
  tool("lister", "yes");
  const answer = await doors.exec("lister", [], { cut: true });
  expect(answer).toMatchObject({ truncated: true, stdout: "y\n".repeat(4 * 1_024 * 1_024) });
  tool("brief", "echo one");
  expect(await doors.exec("brief", [], { cut: true })).toEqual({ code: 0, stdout: "one\n", stderr: "" });
});

test("does not wait for a child that keeps the output open", async () => {
  tool("leaver", "sleep 60 & echo done");
  const startedAt = performance.now();
  expect(await doors.exec("leaver", [])).toMatchObject({ code: 0, stdout: "done\n" });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test("a tool that a signal ended has the shell's code, and one that ignores its input is no error", async () => {
  tool("crasher", "kill -SEGV $$");
  expect(await doors.exec("crasher", [])).toMatchObject({ code: 139 });
  tool("deaf", "exec 0<&-; exit 0");
  expect(await doors.exec("deaf", [], { stdin: "x".repeat(1_000_000) })).toMatchObject({ code: 0 });
});

test("sudo never asks, names the tool by its path, and its refusal is a matter of permission", async () => {
  tool("sudo", "printf '%s\\n' \"$*\"");
  tool("disks", "true");
  const { stdout } = await doors.exec("disks", ["-a"], { sudo: true, env: { KEY: "s3cret" } });
  expect(stdout).toBe(`-n --preserve-env=KEY -- ${folder}/disks -a\n`);
  tool("sudo", 'echo "sudo: a password is required" >&2; exit 1');
  await expect(doors.exec("disks", [], { sudo: true })).rejects.toMatchObject({
    reason: "permission",
    hint: expect.stringContaining("sudoers"),
  });
});
