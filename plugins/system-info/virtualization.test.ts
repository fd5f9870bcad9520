import { expect, test } from "vitest";
import { nameContainer, nameHypervisor } from "./virtualization";

const hardware = {
  firmware: "AZW MINI S",
  clocks: "tsc hpet acpi_pm",
  cpuInfo: "flags\t\t: fpu vmx",
  xenCapabilities: "",
  kernel: "6.1.0-25-amd64",
  deviceTree: "",
};

test.each([
  ["hardware", {}, "none"],
  ["Proxmox", { firmware: "QEMU Standard PC (Q35 + ICH9, 2009)", clocks: "kvm-clock tsc" }, "kvm"],
  ["QEMU without KVM", { firmware: "QEMU Standard PC (i440FX + PIIX, 1996)" }, "qemu"],
  ["a cloud on KVM", { firmware: "Hetzner vServer", clocks: "kvm-clock tsc" }, "kvm"],
  ["Amazon", { firmware: "Amazon EC2 t3.micro", clocks: "kvm-clock tsc" }, "amazon"],
  ["Google", { firmware: "Google Google Compute Engine", clocks: "kvm-clock" }, "google"],
  ["VMware", { firmware: "VMware, Inc. VMware20,1" }, "vmware"],
  ["VirtualBox", { firmware: "innotek GmbH VirtualBox" }, "virtualbox"],
  ["Hyper-V", { firmware: "Microsoft Corporation Virtual Machine" }, "hyperv"],
  ["a Surface, which is hardware", { firmware: "Microsoft Corporation Surface Pro" }, "none"],
  ["Xen's guest", { firmware: "Xen HVM domU", clocks: "xen tsc" }, "xen"],
  ["Xen's first domain", { firmware: "Dell R640", clocks: "xen tsc", xenCapabilities: "control_d" }, "none"],
  ["WSL", { firmware: "", kernel: "5.15.153.1-microsoft-standard-WSL2", clocks: "hyperv_clocksource_tsc_page" }, "wsl"],
  ["an ARM guest of KVM", { firmware: "", clocks: "arch_sys_counter", deviceTree: "linux,kvm" }, "kvm"],
  ["an ARM guest of something", { firmware: "", clocks: "", deviceTree: "acme,visor" }, "other"],
  ["a guest of something", { firmware: "", cpuInfo: "flags\t\t: fpu hypervisor lahf_lm" }, "other"],
])("knows %s", (_, signs, name) => {
  expect(nameHypervisor({ ...hardware, ...signs })).toBe(name);
});

const outside = { manager: "", dockerFile: false, podmanFile: false, groups: "0::/system.slice/unity.service" };

test.each([
  ["none", {}, ""],
  ["LXC", { manager: "lxc" }, "lxc"],
  ["a name that is none", { manager: "<b>lxc</b>" }, ""],
  ["Docker by its file", { dockerFile: true }, "docker"],
  ["Docker by its group", { groups: "5:memory:/docker/abc" }, "docker"],
  ["Podman", { podmanFile: true }, "podman"],
  ["Kubernetes", { dockerFile: true, groups: "0::/kubepods/burstable/pod1" }, "kubernetes"],
  ["LXC by its group", { groups: "0::/lxc.payload.101" }, "lxc"],
  ["a service that only manages containers", { groups: "0::/system.slice/docker.service" }, ""],
])("sees %s", (_, signs, name) => {
  expect(nameContainer({ ...outside, ...signs })).toBe(name);
});
