import process from "node:process";
import type { Doors } from "../../../plugins/sdk/context";
import type { Plugin } from "../../../plugins/sdk/plugin";
import { createAsk } from "./ask";
import { readContainers } from "./containers";
import { findThings } from "./files";
import { parseListeners } from "./listeners";
import { findOwners } from "./owners";
import { type Proposal, proposeAll } from "./proposal";
import { recognise } from "./recognise";
import { joinServices } from "./service";

/**
 * Looks at this machine: sockets that listen and whose they are, containers, files, mounts. Nothing leaves it, no credential is used, and a
 * service is asked at most what a plugin's trace says. What cannot be read is not there.
 */
export async function lookAround(
  doors: Doors,
  { plugins, localHost, signal }: { plugins: readonly Plugin[]; localHost: string; signal: AbortSignal },
): Promise<Proposal[]> {
  const [services, things] = await Promise.all([seeServices(doors), findThings(doors, plugins, signal)]);
  const recognised = await recognise(plugins, services, createAsk(doors, signal));
  return proposeAll(recognised, things, localHost);
}

async function seeServices(doors: Doors) {
  const tables = ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => doors.readFile(path).catch(() => ""));
  const [texts, containers] = await Promise.all([Promise.all(tables), readContainers(doors)]);
  const listeners = texts.flatMap(parseListeners);
  const owners = await findOwners(new Set(listeners.map(({ inode }) => inode)));
  return joinServices({ listeners, owners, containers, ownPid: process.pid });
}
