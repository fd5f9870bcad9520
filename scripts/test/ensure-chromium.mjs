import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Stop, step } from "../tasks/progress.mjs";
import { runCommand } from "../tasks/run-command.mjs";
import { findChromium } from "./find-chromium.mjs";

const HOW = "Install chromium or google-chrome, or name one in CHROMIUM_PATH, or run: npx playwright install chromium";

/** @throws Stop when there is no Chromium and this machine is not one where it can be installed */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Stop(`CHROMIUM_PATH is ${named}, and there is no such file.`);
  if (findChromium() || (await playwrightHasOne())) return;
  if (!(await isDebianRoot())) throw new Stop(`There is no Chromium for the browser tests. ${HOW}`);
  await step("Installing Chromium with apt-get", async () => {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    // The list may be old; where it cannot be renewed, the install may still go well.
    await runCommand("apt-get", ["update", "-q"], { env, quiet: true });
    const { code, output } = await runCommand(
      "apt-get",
      ["install", "-y", "-q", "--no-install-recommends", "chromium"],
      { env, quiet: true },
    );
    if (code === 0 && findChromium()) return;
    throw new Stop(`apt-get could not install chromium:\n${output.trim().split("\n").slice(-5).join("\n")}\n${HOW}`);
  });
}

async function playwrightHasOne() {
  const { chromium } = await import("@playwright/test");
  return existsSync(chromium.executablePath());
}

/** Not Ubuntu: its package of that name installs nothing that runs here. */
async function isDebianRoot() {
  if (process.platform !== "linux" || process.getuid() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID=debian$/m.test(await readFile("/etc/os-release", "utf8"));
}
