/** What shows whether there is a machine below the machine. Empty texts where a file is not there. */
export interface Signs {
  /** Of the firmware: vendor, product, board. */
  readonly firmware: string;
  /** Clocks a hypervisor offers its guests. */
  readonly clocks: string;
  /** Lines of flags of the CPU. */
  readonly cpuInfo: string;
  readonly xenCapabilities: string;
  readonly kernel: string;
  /** Of a device tree that a hypervisor made. */
  readonly deviceTree: string;
}

/** First match wins: a product of a cloud names more than the hypervisor below it. */
const BY_FIRMWARE: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/amazon ec2/i, "amazon"],
  [/google compute engine/i, "google"],
  [/vmware|vmw/i, "vmware"],
  [/virtualbox|innotek/i, "virtualbox"],
  [/virtual machine.*microsoft|microsoft.*virtual machine/i, "hyperv"],
  [/parallels/i, "parallels"],
  [/bhyve/i, "bhyve"],
  [/apple virtualization/i, "apple"],
  [/\bxen\b/i, "xen"],
  [/\bkvm\b|kubevirt|openstack/i, "kvm"],
];

const BY_CLOCK: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bkvm-clock\b/, "kvm"],
  [/\bhyperv_clocksource/, "hyperv"],
  [/\bxen\b/, "xen"],
];

/** @returns what the machine runs on, as "kvm"; "none" on hardware */
export function nameHypervisor({ firmware, clocks, cpuInfo, xenCapabilities, kernel, deviceTree }: Signs): string {
  // The first domain of Xen is a guest too, but it owns the hardware.
  if (xenCapabilities.includes("control_d")) return "none";
  if (/microsoft/i.test(kernel)) return "wsl";
  const named =
    BY_FIRMWARE.find(([pattern]) => pattern.test(firmware)) ?? BY_CLOCK.find(([pattern]) => pattern.test(clocks));
  if (named) return named[1];
  if (/qemu|bochs/i.test(firmware)) return "qemu";
  if (deviceTree !== "") return /kvm|qemu/i.test(deviceTree) ? "kvm" : /xen/i.test(deviceTree) ? "xen" : "other";
  return /^flags\s*:.*\bhypervisor\b/m.test(cpuInfo) ? "other" : "none";
}

/** What is at hand to tell a container by. */
export interface ContainerSigns {
  /** Content of /run/systemd/container. */
  readonly manager: string;
  readonly dockerFile: boolean;
  readonly podmanFile: boolean;
  readonly groups: string;
}

/** @returns the kind of container, "" in none */
export function nameContainer({ manager, dockerFile, podmanFile, groups }: ContainerSigns): string {
  if (/^[a-z][a-z0-9-]{0,30}$/.test(manager)) return manager;
  if (podmanFile) return "podman";
  if (/\/kubepods/.test(groups)) return "kubernetes";
  if (dockerFile || /\/docker[/-]/.test(groups)) return "docker";
  return /\/lxc[./]/.test(groups) ? "lxc" : "";
}
