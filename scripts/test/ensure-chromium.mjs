import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { aptInstall, canAptInstall } from "../tasks/apt-install.mjs";
import { Stop, step } from "../tasks/progress.mjs";
import { findChromium } from "./find-chromium.mjs";

const HOW = "Install chromium or google-chrome, or name one in CHROMIUM_PATH, or run: npx playwright install chromium";

/** @throws Stop when there is no Chromium and this machine is not one where it can be installed */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Stop(`CHROMIUM_PATH is ${named}, and there is no such file.`);
  if (findChromium() || (await playwrightHasOne())) return;
  if (!(await isDebianRoot())) throw new Stop(`There is no Chromium for the browser tests. ${HOW}`);
  await step("Installing Chromium with apt-get", async () => {
    const reason = await aptInstall(["chromium"]);
    if (!reason && findChromium()) return;
    throw new Stop(`apt-get could not install chromium:\n${reason ?? "It says it did."}\n${HOW}`);
  });
}

async function playwrightHasOne() {
  const { chromium } = await import("@playwright/test");
  return existsSync(chromium.executablePath());
}

/** Not Ubuntu: its package of that name installs nothing that runs here. */
async function isDebianRoot() {
  if (!canAptInstall() || !existsSync("/etc/os-release")) return false;
  return /^ID=debian$/m.test(await readFile("/etc/os-release", "utf8"));
}
