import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { Limits } from "./container";
import type { Learnt } from "./kernel";
import { MACHINE_SECONDS, type SystemMetrics } from "./metrics";
import { type CpuFacts, firmwareName, parseCpuInfo, parseOsRelease, plain } from "./parse-facts";
import { learnParts } from "./parts";
import { exists, readFact } from "./read-parts";
import { type ContainerSigns, nameContainer, nameHypervisor } from "./virtualization";

type Context = CollectContext<Config>;

/** What Linux cannot tell a CPU by: ARM often gives no name, and Node.js knows the parts. */
const NAMELESS = new Set(["", "unknown"]);

/** Reports what the machine is, and whether it waits for a reboot. */
export async function collectMachine(
  context: Context,
  report: Report<SystemMetrics>,
  learnt: Learnt,
  limits: Limits,
): Promise<void> {
  const { parts, news } = await learnParts(context);
  if (!context.memory.due("machine", MACHINE_SECONDS) && !news) return;
  const { procRoot, rootPrefix } = context.config;
  const [machine, kernel, release, cpuInfo, hostname, firmware, container] = await Promise.all([
    context.machine(),
    readFact(context, `${procRoot}/sys/kernel/osrelease`),
    readRelease(context),
    readFact(context, `${procRoot}/cpuinfo`),
    rootPrefix === "" ? "" : readFact(context, `${rootPrefix}/etc/hostname`),
    readFirmware(context),
    rootPrefix === "" ? findContainer(context) : "",
  ]);
  const os = parseOsRelease(release);
  const cpu = parseCpuInfo(cpuInfo);
  const cpuModel = cpu.model || (NAMELESS.has(machine.cpuModel) ? "" : plain(machine.cpuModel));
  const hypervisor = await findHypervisor(context, { firmware: firmware.signs, cpuInfo, kernel });
  const labels = {
    os: os.name || machine.platform,
    version: os.version,
    kernel: plain(kernel),
    arch: machine.arch,
    hostname: plain(hostname || machine.hostname),
    cpu_model: cpuModel,
    virtualization: container || hypervisor,
  };
  report("system_info", 1, labels);

  // A container cannot see whether its host waits for a reboot.
  if (os.family.includes("debian") && container === "")
    report("system_reboot_required", (await exists(context, `${rootPrefix}/run/reboot-required`)) ? 1 : 0);

  report.inventory({
    facts: known({
      hostname: labels.hostname,
      os: os.pretty,
      kernel: labels.kernel,
      architecture: machine.arch,
      model: firmware.model,
      firmware: firmware.version,
      cpu: cpuModel,
      ...cpuFacts(cpu, learnt),
      memoryBytes: learnt.memoryBytes,
      swapBytes: learnt.swapBytes || undefined,
      hypervisor: hypervisor === "none" ? "" : hypervisor,
      container,
      containerMemoryLimitBytes: limits.memoryBytes,
      containerCpuLimit: limits.cpus,
    }),
    ...parts,
  });
}

const cpuFacts = ({ sockets, cores, microcode }: CpuFacts, { cpus }: Learnt) => ({
  sockets,
  cores,
  threads: cpus,
  microcode,
});

function known(facts: Readonly<Record<string, string | number | undefined>>): Record<string, string | number> {
  const entries = Object.entries(facts).flatMap(([name, value]): [string, string | number][] =>
    value === undefined || value === "" ? [] : [[name, value]],
  );
  return Object.fromEntries(entries);
}

/** Distributions that keep no file in /etc have it in /usr/lib. */
async function readRelease(context: Context): Promise<string> {
  const { rootPrefix } = context.config;
  return (
    (await readFact(context, `${rootPrefix}/etc/os-release`)) || readFact(context, `${rootPrefix}/usr/lib/os-release`)
  );
}

async function readFirmware(context: Context): Promise<{ model: string; version: string; signs: string }> {
  const { sysRoot } = context.config;
  const read = async (name: string) => firmwareName(await readFact(context, `${sysRoot}/class/dmi/id/${name}`));
  const [vendor = "", product = "", version = "", board = "", maker = "", bios = "", date = ""] = await Promise.all(
    ["sys_vendor", "product_name", "product_version", "board_name", "board_vendor", "bios_version", "bios_date"].map(
      read,
    ),
  );
  // Boards with a device tree have no DMI.
  const tree = await readFact(context, `${sysRoot}/firmware/devicetree/base/model`);
  // Lenovo writes a number for its product and the name people know for its version.
  const name = (/^lenovo$/i.test(vendor) ? version : "") || product || board;
  const brand = vendor || maker;
  const model = name.toLowerCase().startsWith(brand.toLowerCase()) ? name : `${brand} ${name}`.trim();
  return {
    model: model || plain(tree),
    version: [bios, date && `(${date})`].filter(Boolean).join(" "),
    signs: [vendor, product, board, maker].join(" "),
  };
}

async function findHypervisor(
  context: Context,
  seen: { firmware: string; cpuInfo: string; kernel: string },
): Promise<string> {
  const { procRoot, sysRoot } = context.config;
  const [clocks, xenCapabilities, deviceTree] = await Promise.all([
    readFact(context, `${sysRoot}/devices/system/clocksource/clocksource0/available_clocksource`),
    readFact(context, `${procRoot}/xen/capabilities`),
    readFact(context, `${sysRoot}/firmware/devicetree/base/hypervisor/compatible`),
  ]);
  return nameHypervisor({ ...seen, clocks, xenCapabilities, deviceTree });
}

async function findContainer(context: Context): Promise<string> {
  const signs: ContainerSigns = {
    manager: await readFact(context, "/run/systemd/container"),
    dockerFile: await exists(context, "/.dockerenv"),
    podmanFile: await exists(context, "/run/.containerenv"),
    groups: await readFact(context, "/proc/self/cgroup"),
  };
  return nameContainer(signs);
}
