import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openDocker } from "../container/open-docker.mjs";
import { BASE, provideBase } from "../container/provide-base.mjs";
import { isDisposable } from "../tasks/is-disposable.mjs";
import { step } from "../tasks/progress.mjs";
import { runCommand } from "../tasks/run-command.mjs";
import { runVitest } from "./run-vitest.mjs";
import { skipSuite } from "./tally.mjs";

/**
 * The container, built and run on a Docker daemon, looked at from outside.
 * @param options.asked by name; then what is missing is installed, if root
 */
export async function runContainer(folder, { asked }) {
  const place = join(folder, "container");
  await mkdir(place, { recursive: true });
  const docker = await step("Looking for Docker", () => openDocker(place, { mayInstall: asked || isDisposable() }));
  if (docker.missing) return skipSuite("container", `${docker.missing}.`);
  try {
    const base = await step(`Getting ${BASE}`, () => provideBase(place, docker.env));
    if (base.missing) return skipSuite("container", `${base.missing}.`);
    process.stdout.write(`  ${BASE}: ${base.how}\n`);
    const registry = await runCommand("npm", ["config", "get", "registry"], { quiet: true });
    const env = {
      ...docker.env,
      UNITY_COMPOSE: docker.compose.join(" "),
      NPM_CONFIG_REGISTRY: registry.output.trim(),
    };
    return await runVitest("container", { folder, env, config: "vitest.container.config.ts" });
  } finally {
    await docker.stop();
  }
}
