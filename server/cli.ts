/**
 * `unity status`, `instances`, `run`, `tail`, `ack`, `silence` and `bundle` of a Unity that runs; `backup`, `restore`, `export`, `import`, `move`,
 * `db`, `secrets` and `people` of its database: `npm run unity --`, or `node unity.js` in the built tree.
 */
import { BACKUP_USAGE, runBackups } from "./backup/command";
import { DB_USAGE, runDb } from "./db-command";
import { messageOf } from "./errors";
import { USAGE as MOVING_USAGE, runMoving, WrongUse } from "./move/command";
import { PEOPLE_USAGE, runPeople } from "./people-command";
import { isRemote, REMOTE_USAGE, runRemote } from "./remote/command";
import { Unreachable } from "./remote/connect";
import { runSecrets, SECRETS_USAGE } from "./secrets-command";

const INTERRUPTED = 130;
const UNREACHABLE = 3;
const USAGE = `${REMOTE_USAGE}
${BACKUP_USAGE}
${MOVING_USAGE}
${DB_USAGE}
${SECRETS_USAGE}
${PEOPLE_USAGE}`;

const args = process.argv.slice(2);
const stopping = new AbortController();
process.once("SIGINT", stop);
process.once("SIGTERM", stop);

/** The first time it ends in order; the second time the process ends at once, which loses no more than a little work. */
function stop(): void {
  stopping.abort(new Error(`Stopped.${becomesOf(args[0])}`));
}

function becomesOf(command: string | undefined): string {
  if (isRemote(command)) return "";
  return command === "backup" ? " No file was written." : " The same command goes on from here.";
}

if (args.length === 0 || args.includes("--help") || args[0] === "help") {
  process.stdout.write(USAGE);
  process.exit(args.length === 0 ? 2 : 0);
}
try {
  const surroundings = { env: process.env, signal: stopping.signal, screen: process.stderr };
  if (isRemote(args[0])) process.exit(await runRemote(args, { ...surroundings, out: process.stdout }));
  if (args[0] === "backup" || args[0] === "restore")
    await runBackups(args, { ...surroundings, out: process.stdout, keyboard: process.stdin, interrupt: stop });
  else if (args[0] === "db") await runDb(args.slice(1), { ...surroundings, out: process.stdout });
  else if (args[0] === "secrets") await runSecrets(args.slice(1), surroundings);
  else if (args[0] === "people") await runPeople(args.slice(1), { ...surroundings, input: process.stdin });
  else await runMoving(args, surroundings);
  process.exit(0);
} catch (error) {
  process.stderr.write(`\n${messageOf(error)}\n`);
  if (error instanceof WrongUse) process.stderr.write(`\n${USAGE}`);
  const isStopped = stopping.signal.aborted && error === stopping.signal.reason;
  process.exit(exitCodeOf(error, isStopped));
}

function exitCodeOf(error: unknown, isStopped: boolean): number {
  if (isStopped) return INTERRUPTED;
  if (error instanceof Unreachable) return UNREACHABLE;
  return error instanceof WrongUse ? 2 : 1;
}
