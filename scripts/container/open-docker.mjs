import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { aptInstall, canAptInstall } from "../tasks/apt-install.mjs";
import { runCommand } from "../tasks/run-command.mjs";

const PACKAGES = ["docker.io", "docker-compose", "mmdebstrap"];
const READY_WITHIN_MS = 30_000;

/**
 * A Docker daemon: the one that answers here, or one of our own in `folder`, which leaves nothing behind.
 * @param options.mayInstall whether Debian's packages may be installed
 * @returns `env` for its clients, the words of `compose`, and `stop`; or `missing`, why there is none
 */
export async function openDocker(folder, { mayInstall }) {
  const there = await ask(["docker", "info"]);
  if (there && !(await findCompose())) return { missing: "Docker is here, and its compose is not" };
  if (!there && mayInstall && canAptInstall() && !(await isInstalled())) {
    const problem = await aptInstall(PACKAGES);
    if (problem) return { missing: `apt-get could not install ${PACKAGES.join(", ")}: ${problem.split("\n").at(-1)}` };
  }
  const compose = await findCompose();
  if (there) return { env: {}, compose, stop: async () => {} };
  if (process.platform !== "linux" || process.getuid() !== 0)
    return { missing: "no Docker daemon answers, and only root may start one" };
  if (!(await isInstalled())) return { missing: `no Docker is installed: apt-get install ${PACKAGES.join(" ")}` };
  for (const storage of ["overlay2", "vfs"]) {
    const daemon = await startDaemon(join(folder, storage), storage);
    if (daemon) return { ...daemon, compose };
  }
  return { missing: "Docker is installed, and its daemon does not start here" };
}

const ask = async ([program, ...args], env) => (await runCommand(program, args, { quiet: true, env })).code === 0;
const isInstalled = async () => (await ask(["dockerd", "--version"])) && (await findCompose()) !== undefined;

async function findCompose() {
  for (const words of [["docker", "compose"], ["docker-compose"]]) if (await ask([...words, "version"])) return words;
  return undefined;
}

/** Without a bridge and rules of its own for the network: those of this machine stay as they are. @returns undefined when it ends again */
async function startDaemon(folder, storage) {
  await mkdir(folder, { recursive: true });
  const env = { DOCKER_HOST: `unix://${join(folder, "docker.sock")}` };
  const rules = ["iptables", "ip6tables", "ip-forward", "ip-masq"].map((name) => `--${name}=false`);
  const places = { "data-root": "data", "exec-root": "exec", pidfile: "pid" };
  const child = spawn(
    "dockerd",
    [
      `--host=${env.DOCKER_HOST}`,
      ...Object.entries(places).map(([name, path]) => `--${name}=${join(folder, path)}`),
      `--storage-driver=${storage}`,
      "--bridge=none",
      ...rules,
    ],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve) => {
    child.once("error", resolve);
    child.once("exit", resolve);
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, pause(20_000, undefined, { ref: false })]);
    if (!isOver) child.kill("SIGKILL");
    // What it leaves mounted cannot be deleted.
    for (const path of await mountsBelow(folder)) await runCommand("umount", ["-l", path], { quiet: true });
  };
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until && !isOver; await pause(200))
    if (existsSync(join(folder, "docker.sock")) && (await ask(["docker", "info"], env))) return { env, stop };
  await stop();
  return undefined;
}

async function mountsBelow(folder) {
  const text = await readFile("/proc/self/mounts", "utf8");
  return text
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}
