import os from "node:os";
import type { MachineFacts } from "../../../plugins/sdk/context";

/** Facts of the machine this process runs on, from the system calls behind node:os. */
export function readMachine(): MachineFacts {
  const cpus = os.cpus();
  const interfaces: Record<string, { address: string; family: "IPv4" | "IPv6"; mac: string; internal: boolean }[]> = {};
  for (const [name, addresses] of Object.entries(os.networkInterfaces()))
    interfaces[name] = (addresses ?? []).map(({ address, family, mac, internal }) => ({
      address,
      family,
      mac,
      internal,
    }));
  return {
    hostname: os.hostname(),
    platform: os.platform(),
    arch: os.arch(),
    cpuCount: cpus.length,
    cpuModel: cpus[0]?.model.trim() ?? "",
    totalBytes: os.totalmem(),
    freeBytes: os.freemem(),
    interfaces,
  };
}
