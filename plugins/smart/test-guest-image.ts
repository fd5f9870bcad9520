import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Service } from "../../scripts/services/service";

/** Drivers of the two emulated disks. Debian's kernel has them as modules. */
const DRIVERS = ["ahci", "sd_mod", "nvme"];
/** Where those, and what they depend on, are in the package. */
const PARTS = ["crypto", "arch", "lib", "block", "drivers/ata", "drivers/scsi", "drivers/nvme"];
const APPLETS = ["sh", "mount", "insmod", "stty", "sleep", "base64", "cat", "echo", "dd", "su"];

export interface Image {
  readonly kernel: string;
  readonly initrd: string;
}

/** Mounts, loads the drivers, and then runs what comes over the second serial port: `<number> <program> <argument>...`. */
const INIT = `#!/bin/sh
mount -t proc p /proc; mount -t sysfs s /sys; mount -t devtmpfs d /dev
for module in $(cat /modules/order); do insmod /modules/$module; done
until [ -b /dev/sda ] && [ -c /dev/nvme0 ]; do sleep 0.1; done
stty -F /dev/ttyS1 raw -echo
exec 3<>/dev/ttyS1
echo ready >&3
while read -r number command <&3; do
  $command >/tmp/out 2>/tmp/err
  code=$?
  { echo "answer $number $code"; base64 /tmp/out; echo =errors; base64 /tmp/err; echo =end; } >&3
done
`;

/** Debian's own kernel with busybox and smartctl, small enough to boot within seconds under emulation. */
export async function makeImage(service: Service): Promise<Image> {
  const { folder } = service;
  const kernelFolder = join(folder, "kernel");
  const root = join(folder, "root");
  for (const name of ["bin", "sbin", "modules", "proc", "sys", "dev", "etc", "tmp", "var/lib"])
    mkdirSync(join(root, name), { recursive: true });
  mkdirSync(kernelFolder);
  const release = await unpackKernel(service, kernelFolder);
  await addModules(service, { kernelFolder, release, root });
  await addPrograms(service, root);
  writeFileSync(join(root, "init"), INIT);
  writeFileSync(join(root, "etc/passwd"), "root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n");
  writeFileSync(join(root, "etc/group"), "root:x:0:\nnogroup:x:65534:\n");
  writeFileSync(join(root, "bin/as-nobody"), '#!/bin/sh\nexec su -s /bin/sh nobody -c "$*"\n');
  for (const name of ["init", "bin/as-nobody"]) chmodSync(join(root, name), 0o755);
  const initrd = join(folder, "initrd.gz");
  await shell(service, 'cd "$1" && find . | cpio --quiet -o -H newc | gzip -1 > "$2"', [root, initrd]);
  return { kernel: join(kernelFolder, "boot", `vmlinuz-${release}`), initrd };
}

/** The package's name has the version in it, so it is asked for. @returns the kernel's release */
async function unpackKernel(service: Service, target: string): Promise<string> {
  const depends = await service.run("apt-cache", ["depends", "linux-image-amd64"]);
  const name = /Depends: (linux-image-\S+)/.exec(depends)?.[1];
  if (!name) throw new Error(`linux-image-amd64 depends on no kernel: ${depends}`);
  await service.run("apt-get", ["download", "-q", "-o", "Acquire::Retries=5", name], {
    cwd: target,
    timeoutMs: 120_000,
  });
  const file = readdirSync(target).find((entry) => entry.endsWith(".deb"));
  if (!file) throw new Error(`apt-get downloaded no ${name}.`);
  const release = name.slice("linux-image-".length);
  const modules = `./lib/modules/${release}`;
  const wanted = [`./boot/vmlinuz-${release}`, `${modules}/modules.builtin`, `${modules}/modules.order`];
  const paths = [...wanted, ...PARTS.map((part) => `${modules}/kernel/${part}`)];
  const script = 'deb="$1"; shift; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$@"';
  await shell(service, script, [join(target, file), target, ...paths]);
  return release;
}

/** Only what the drivers need, in the order in which it must be loaded. */
async function addModules(
  service: Service,
  { kernelFolder, release, root }: { kernelFolder: string; release: string; root: string },
): Promise<void> {
  await service.run("depmod", ["-b", kernelFolder, release]);
  const order: string[] = [];
  for (const driver of DRIVERS) {
    const told = await service.run("modprobe", ["-d", kernelFolder, "-S", release, "--show-depends", driver]);
    for (const [, path] of told.matchAll(/^insmod (\S+)/gm)) {
      const name = basename(path ?? "");
      if (order.includes(name)) continue;
      order.push(name);
      writeFileSync(join(root, "modules", name), readFileSync(path ?? ""));
    }
  }
  writeFileSync(join(root, "modules", "order"), order.join("\n"));
}

async function addPrograms(service: Service, root: string): Promise<void> {
  const busybox = (await shell(service, "command -v busybox", [])).trim();
  const smartctl = (await shell(service, "command -v smartctl", [])).trim();
  await service.run("cp", [busybox, join(root, "bin/busybox")]);
  for (const name of APPLETS) await service.run("ln", ["-s", "busybox", join(root, "bin", name)]);
  await service.run("cp", [smartctl, join(root, "sbin/smartctl")]);
  const libraries = await service.run("ldd", [smartctl]);
  for (const [path] of libraries.matchAll(/\/\S+/g)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    await service.run("cp", ["-L", path, join(root, path)]);
  }
  await service.run("cp", ["-r", "/var/lib/smartmontools", join(root, "var/lib/")]);
}

const shell = (service: Service, script: string, args: readonly string[]) =>
  service.run("sh", ["-euc", script, "sh", ...args]);
