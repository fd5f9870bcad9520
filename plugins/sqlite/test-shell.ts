import { spawn } from "node:child_process";
import { once } from "node:events";

/** For tests only: SQLite's shell, which keeps a database open in a process of its own. */
export function openShell(file: string) {
  const child = spawn("sqlite3", ["-batch", "-bail", file], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  let turn = 0;
  return {
    /** Runs statements, and waits until they are done. */
    async run(sql: string) {
      turn += 1;
      const mark = `done-${turn}`;
      child.stdin.write(`${sql};\nselect '${mark}';\n`);
      while (!output.includes(mark)) await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    },
    /** Closes the database in order. */
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
    /** As when the power fails. */
    async crash() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
