import { type CollectContext, CollectError, parseAddress } from "../sdk";
import type { Config } from "./config";

export interface Sessions {
  readonly ssh: number;
  readonly local: number;
}

/** `anna     pts/0        2026-11-26 07:15 (192.0.2.1)`: name, line, time, and from where. */
const LINE = /^(\S+)\s+(\S+)\s+(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2} [ \d]\d) \d\d:\d\d(?:\s+\((.*)\))?\s*$/;

/** Who is logged in, by `who` of coreutils, which knows both utmp and systemd's list. */
export async function readSessions({ exec, config }: CollectContext<Config>): Promise<Sessions> {
  const args = config.utmpFile === undefined ? [] : [config.utmpFile];
  const { code, stdout, stderr } = await exec("who", args, { package: "coreutils", cut: true });
  if (code !== 0)
    throw new CollectError("protocol", `who ended with exit code ${code}: ${stderr.trim().slice(0, 200)}`);
  let ssh = 0;
  let local = 0;
  for (const line of stdout.split("\n")) {
    const [whole, , , from] = LINE.exec(line) ?? [];
    if (whole === undefined) continue;
    if (isRemote(from)) ssh += 1;
    else local += 1;
  }
  return { ssh, local };
}

/** A display (:0), tmux and screen say where they are on this machine. */
const isRemote = (from: string | undefined) =>
  from !== undefined && (parseAddress(from) !== undefined || /^[a-z0-9][a-z0-9.-]*$/i.test(from));
