import { execFileSync } from "node:child_process";
import process from "node:process";

/** For tests only: a network of its own, so that this machine's rules stay as they are. */
export function createNamespace(name: string) {
  const run = (...words: readonly string[]) =>
    execFileSync("ip", ["netns", "exec", name, ...words], { stdio: ["ignore", "pipe", "pipe"] }).toString();
  execFileSync("ip", ["netns", "add", name]);
  run("ip", "link", "set", "lo", "up");
  return {
    name,
    run,
    /** The line of a script that runs a tool in it. */
    script: (tool: string) => `exec ip netns exec ${name} ${tool} "$@"`,
    /** Asks once for a connection to a port where nobody listens; what the rules make of it is counted. */
    knock: (port: number) => {
      // Gone before the kernel asks a second time, however slow this machine is.
      const ask = `require("node:net").connect(${port}, "127.0.0.1").on("error", () => {});setImmediate(process.exit)`;
      run(process.execPath, "-e", ask);
    },
    remove: () => execFileSync("ip", ["netns", "del", name]),
  };
}
