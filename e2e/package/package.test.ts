import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listPackages } from "../../scripts/release/list-packages.mjs";

const run = promisify(execFile);
const [tarball = "", sbom = ""] = [process.env.UNITY_PACKAGE, process.env.UNITY_SBOM];
const MEGABYTE = 1_000_000;
const SHELF =
  "version: 1\ninstances:\n  - { id: shelf, plugin: web-service, name: Shelf, config: { address: ping://192.0.2.1 } }\n";
const SETTLED_MS = 20_000;

const home = mkdtempSync(join(tmpdir(), "unity-package-"));
const installed = join(home, "node_modules", "unity");
const place = join(home, "elsewhere");
/** Nothing of the repository's own surroundings, and no setting of this test's machine for Unity. */
const clean: NodeJS.ProcessEnv = { NODE_ENV: "production" };
for (const [key, value] of Object.entries(process.env)) if (!/^(UNITY|NODE_|VITEST|npm_)/.test(key)) clean[key] = value;
let port = 0;
let server: ChildProcess | undefined;

beforeAll(async () => {
  mkdirSync(join(place, "files"), { recursive: true });
  writeFileSync(join(place, "files", "shelf.yaml"), SHELF);
  writeFileSync(join(home, "package.json"), "{}");
  port = await findPort();
});
afterAll(() => {
  if (server?.pid) killGroup(server.pid);
  rmSync(home, { recursive: true, force: true });
});

/** As `npx unity ...` does, without asking npm each time. */
const unity = (...args: string[]) =>
  run(join(home, "node_modules/.bin/unity"), args, { cwd: place, env: { ...clean, PORT: String(port) } });

test("is small, and has all that was put together for it", async () => {
  expect(statSync(tarball).size).toBeLessThan(30 * MEGABYTE);
  const { stdout } = await run("tar", ["tzf", tarball], { maxBuffer: 10 * MEGABYTE });
  const packed = stdout
    .trim()
    .split("\n")
    .map((name) => name.replace(/^package\//, ""));
  const stage = join(tarball, "..", "package");
  expect(packed.sort()).toEqual(
    filesOf(stage)
      .map((file) => relative(stage, file))
      .sort(),
  );
  expect(packed).toEqual(expect.arrayContaining(["LICENSE", "CHANGELOG.md", "README.md", "THIRD-PARTY-NOTICES.txt"]));
});

test("npm installs it with SQLite's library and nothing else, and runs no script of it", async () => {
  await run("npm", ["install", "--no-audit", "--no-fund", tarball], { cwd: home, env: clean });
  const modules = readdirSync(join(home, "node_modules")).filter((name) => !name.startsWith("."));
  expect(modules.sort()).toEqual(["@libsql", "@neon-rs", "detect-libc", "libsql", "unity"]);
  const { scripts } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  expect(scripts).toBeUndefined();
});

test("npx unity serves, with its data where it was started, and watches this machine", async () => {
  const child = spawn("npx", ["--no-install", "--prefix", home, "unity"], {
    ...{ cwd: place, stdio: "pipe", detached: true },
    env: { ...clean, PORT: String(port), UNITY_PROVISION: "files" },
  });
  server = child;
  const log = collect(child);
  await waitFor(async () => (await ask("/readyz")).ok, log);
  expect((await ask("/first-run")).status).toBe(200);
  expect(await (await ask("/first-run")).text()).toContain("Unity");
  expect((await ask("/icons/docker.svg")).status).toBe(200);
  await waitFor(async () => log().includes("watching this machine"), log);
  expect(existsSync(join(place, "data", "unity.db"))).toBe(true);
  // A folder is meant from where it was started, too.
  await waitFor(async () => log().includes("files of the configuration were applied"), log);
  const setup = /"setupToken":"([^"]+)"/.exec(log())?.[1];
  expect(setup).toBeDefined();
});

test("its commands find the same data, and say how they went", async () => {
  const { stdout } = await unity("--help");
  expect(stdout).toContain("unity [start]");
  expect(stdout).toContain("unity status");
  await expect(unity("backup", "../kept.unity", "--secrets", "none")).resolves.toBeDefined();
  expect(statSync(join(home, "kept.unity")).size).toBeGreaterThan(1_000);
  await expect(unity("status", "--url", `http://127.0.0.1:${port}`)).rejects.toMatchObject({ code: 1 });
  await expect(unity("status", "--url", "http://127.0.0.1:1")).rejects.toMatchObject({ code: 3 });
  await expect(unity("dance")).rejects.toMatchObject({ code: 2 });
  await expect(unity()).rejects.toMatchObject({ stderr: expect.stringContaining(`PORT=${port + 1} unity`) });
});

test("stops in order", async () => {
  const child = server;
  if (!child?.pid) throw new Error("The server was not started.");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGTERM");
  await Promise.race([ended, pause(SETTLED_MS)]);
  // npx does not wait for what it started. A database that was closed has no log beside it any more.
  const isClosed = async () => readdirSync(join(place, "data")).every((name) => !name.endsWith("-wal"));
  await waitFor(isClosed, () => "The databases were not closed.");
  await expect(ask("/healthz")).rejects.toThrow();
});

test("the list of what is in it names every package that Unity is made from, each with its licence, and no place of this machine", async () => {
  const text = readFileSync(sbom, "utf8");
  const bill = JSON.parse(text) as Bill;
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    metadata: { component: { name: "unity" } },
  });
  const packages = await listPackages();
  const names = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  expect(new Set(bill.components.map((one) => one["bom-ref"]))).toEqual(names);
  for (const { purl } of bill.components) expect(purl).toMatch(/^pkg:npm\//);
  expect(text).not.toContain(process.cwd());
});

interface Bill {
  readonly components: readonly { readonly "bom-ref": string; readonly purl: string }[];
}

/** npx and what it started, whichever of them is left. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);

function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
  return () => text;
}

/** @throws Error with what was said until then */
async function waitFor(isThere: () => Promise<boolean>, log: () => string): Promise<void> {
  const until = Date.now() + 60_000;
  while (!(await isThere().catch(() => false))) {
    if (Date.now() > until) throw new Error(`It did not come:\n${log()}`);
    await pause(250);
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
