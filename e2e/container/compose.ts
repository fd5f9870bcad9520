import { execFile, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { createGzip } from "node:zlib";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url).pathname;
const MAX_OUTPUT = 50_000_000;

/** The project of docker-compose.yml under a name of its own, so that it meets no other Unity of this machine. */
export function openCompose(project: string, settings: Readonly<Record<string, string>>) {
  const [program = "docker", ...words] = (process.env.UNITY_COMPOSE ?? "docker compose").split(" ");

  async function docker(...args: string[]): Promise<string> {
    // The older builder: it is everywhere, and a build may use the network of this machine.
    const env = { ...process.env, DOCKER_BUILDKIT: "0" };
    return (await run("docker", args, { cwd: root, env, maxBuffer: MAX_OUTPUT })).stdout;
  }
  async function compose(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
    const env = { ...process.env, ...settings, ...more };
    return (await run(program, [...words, "-p", project, ...args], { cwd: root, env, maxBuffer: MAX_OUTPUT })).stdout;
  }
  const idOf = async (service: string) => (await compose(["ps", "-q", service])).trim();

  return {
    docker,
    compose,
    idOf,
    /** Runs a program in it. @returns both streams */
    async exec(service: string, ...command: string[]): Promise<string> {
      const { stdout, stderr } = await run("docker", ["exec", await idOf(service), ...command]).catch(
        (error: { stdout: string; stderr: string }) => error,
      );
      return stdout + stderr;
    },
    async inspect(service: string, format: string): Promise<string> {
      return (await docker("inspect", "-f", format, await idOf(service))).trim();
    },
    /** @throws Error with what Docker and the container said when it does not come within the time that was promised */
    async healthy(service: string, withinMs: number): Promise<void> {
      const until = Date.now() + withinMs;
      const health = () => this.inspect(service, "{{if .State.Health}}{{.State.Health.Status}}{{end}}");
      while ((await health()) !== "healthy") {
        if (Date.now() > until) throw new Error(`Not healthy:\n${await docker("logs", await idOf(service))}`);
        await pause(500);
      }
    },
    /** Of an image as a registry hands it out. */
    compressedBytes: (image: string) =>
      new Promise<number>((resolve, reject) => {
        const child = spawn("docker", ["save", image], { stdio: ["ignore", "pipe", "inherit"] });
        let bytes = 0;
        child.once("error", reject);
        child.stdout
          .pipe(createGzip())
          .on("data", (chunk: Buffer) => {
            bytes += chunk.length;
          })
          .once("end", () => resolve(bytes))
          .once("error", reject);
      }),
  };
}
