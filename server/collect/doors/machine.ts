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
    uptimeSeconds: os.uptime(),
    loadAverages: os.platform() === "win32" ? [] : os.loadavg(),
    cpuSeconds: addUp(cpus),
    interfaces,
  };
}

function addUp(cpus: readonly os.CpuInfo[]): MachineFacts["cpuSeconds"] {
  const all = (kind: keyof os.CpuInfo["times"]) => cpus.reduce((sum, { times }) => sum + times[kind], 0) / 1_000;
  return { user: all("user"), nice: all("nice"), system: all("sys"), idle: all("idle"), irq: all("irq") };
}
