import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** nobody and nogroup, the same on every Linux: some servers refuse to run as root, and no test needs one that does. */
const NOBODY = { uid: 65_534, gid: 65_534 };
export const servant = process.getuid?.() === 0 ? NOBODY : {};

/**
 * Reads a line "signal pid" whenever that which is to be stopped changes. When its input ends, because it is told to or because whoever
 * started it is gone, in whatever way, it stops the last one (15 s, then by force) and removes the folder. What else runs in its
 * process group is killed with it, and waited for: a killed process still has its sockets until it gets a processor to end on.
 */
const GUARD = `
exec 2>/dev/null
trap '' INT TERM HUP
lives() {
  for file in /proc/[0-9]*/stat; do
    read -r line <"$file" || continue
    set -- \${line##*) }
    [ "$3" = "$pid" ] && [ "$1" != Z ] && [ "$1" != X ] && return 0
  done
  return 1
}
signal= pid=
while read -r newSignal newPid; do signal=$newSignal pid=$newPid; done
if [ -n "$pid" ]; then
  kill -s "$signal" "$pid"
  tries=0
  while kill -0 "$pid" && [ $tries -lt 300 ]; do sleep 0.05; tries=$((tries + 1)); done
  kill -s KILL -- "-$pid"
  tries=0
  while lives && [ $tries -lt 300 ]; do sleep 0.05; tries=$((tries + 1)); done
fi
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
`;

/**
 * A temporary folder of a server, and a guard that outlives this process: however this process ends, neither the folder nor the
 * server in it is left behind.
 */
export async function openGuardedFolder(name) {
  const folder = await mkdtemp(join(tmpdir(), `unity-${name}-`));
  const guard = spawn("/bin/sh", ["-c", GUARD, "guard", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // or Ctrl-C would end it, too
  });
  const ended = once(guard, "close");
  guard.stdin.on("error", () => {}); // it is gone; then there is nobody to be told
  const tell = (line) => {
    if (!guard.stdin.writableEnded) guard.stdin.write(`${line}\n`);
  };
  if (servant.uid) await chown(folder, servant.uid, servant.gid);
  return {
    folder,
    /** From now on this process is the one to stop; it must lead a process group. */
    watch: ({ pid }, signal) => tell(`${signal} ${pid}`),
    /** It ended by itself: its number may become another's. */
    unwatch: () => tell(""),
    /** Stops what runs in the folder, then removes it. */
    async close() {
      guard.stdin.end();
      await ended;
    },
  };
}
