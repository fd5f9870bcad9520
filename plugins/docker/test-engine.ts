import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";
import type { Running } from "../../scripts/services/start-process";

export interface Engine {
  readonly endpoint: string;
  /** Asks the engine as a person would. @returns what it printed, trimmed */
  ask(...args: string[]): Promise<string>;
  /** A container of the test's image in the host's network. */
  run(name: string, given: readonly string[], ...command: string[]): Promise<string>;
  /** Ends it and everything that it left mounted. */
  stop(): Promise<void>;
}

const BUSYBOX = "/bin/busybox";

/** An archive of a root with a shell and little else: nothing is pulled from anywhere. */
async function makeImage(service: Service): Promise<string> {
  const at = (name: string) => join(service.folder, name);
  mkdirSync(at("image/bin"), { recursive: true });
  copyFileSync(BUSYBOX, at("image/bin/busybox"));
  for (const tool of ["sh", "sleep", "dd", "true", "false"]) symlinkSync("busybox", at(`image/bin/${tool}`));
  await service.run("tar", ["-C", at("image"), "-cf", at("image.tar"), "."]);
  return at("image.tar");
}

/** Debian's Docker engine with its data below the service's folder. The machine's network and firewall are left as they are. */
export async function startDocker(service: Service): Promise<Engine> {
  const at = (name: string) => join(service.folder, name);
  const endpoint = `unix://${at("docker.sock")}`;
  const quiet = ["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--bridge=none"];
  const own = ["--data-root", at("data"), "--exec-root", at("exec"), "--pidfile", at("pid")];
  const ready = async () => (await service.collect({ endpoint })).failure === undefined;
  const engine = await service.start("dockerd", ["-H", endpoint, ...own, ...quiet, "--storage-driver=vfs"], { ready });
  const ask = async (...args: string[]) => (await service.run("docker", ["-H", endpoint, ...args])).trim();
  await ask("import", await makeImage(service), "bb:1");
  return {
    endpoint,
    ask,
    run: (name, given, ...command) =>
      ask("run", "-d", "--name", name, "--network", "host", ...given, "bb:1", ...command),
    stop: once(() => stopEngine(service, engine, ask, ["-f"])),
  };
}

/** Debian's Podman with its data below the service's folder. */
export async function startPodman(service: Service): Promise<Engine> {
  const at = (name: string) => join(service.folder, name);
  const endpoint = `unix://${at("podman.sock")}`;
  writeFileSync(
    at("storage.conf"),
    `[storage]\ndriver = "vfs"\ngraphroot = "${at("graph")}"\nrunroot = "${at("run")}"\n`,
  );
  // crun refuses some arrangements of control groups that runc takes.
  writeFileSync(
    at("containers.conf"),
    `[containers]
netns = "host"
log_driver = "k8s-file"
pids_limit = 0
default_ulimits = ["nofile=1024:4096", "nproc=1024:1024"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
tmp_dir = "${at("libpod")}"
volume_path = "${at("volumes")}"
`,
  );
  const env = { CONTAINERS_CONF: at("containers.conf"), CONTAINERS_STORAGE_CONF: at("storage.conf") };
  const ask = async (...args: string[]) => (await service.run("podman", args, { env })).trim();
  await ask("import", await makeImage(service), "localhost/bb:1");
  const ready = async () => (await service.collect({ endpoint })).failure === undefined;
  const engine = await service.start("podman", ["system", "service", "--time=0", endpoint], { env, ready });
  return {
    endpoint,
    ask,
    run: (name, given, ...command) =>
      ask("run", "-d", "--name", name, "--network", "host", ...given, "localhost/bb:1", ...command),
    stop: once(() => stopEngine(service, engine, ask, ["-f", "-t", "0"])),
  };
}

async function stopEngine(
  service: Service,
  engine: Running,
  ask: Engine["ask"],
  how: readonly string[],
): Promise<void> {
  try {
    const left = (await ask("ps", "-aq")).split("\n").filter(Boolean);
    await Promise.all(left.map((container) => ask("rm", ...how, container)));
  } finally {
    await engine.stop();
    // What it started may still be ending, and unmount one of them or keep it busy.
    await service.until(async () => {
      for (const mount of listMounts(service.folder)) await service.run("umount", [mount]);
      return listMounts(service.folder).length === 0;
    });
  }
}

const listMounts = (folder: string) =>
  readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((mount) => mount.startsWith(folder));

/** The test that stops it, and what comes after all tests, both ask. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
