/**
 * The name `sensors` gives a chip, as nct6798-isa-0290 or nvme-pci-0100: the driver and the place in the machine, which stay the
 * same while the kernel's numbers (hwmon3) change from boot to boot.
 *
 * @param path where /sys/class/hwmon/hwmonN leads: ../../devices/pci0000:00/0000:00:02.0/nvme/nvme0/hwmon0
 */
export function nameChip(driver: string, path: string | undefined): string {
  // A driver's name with a dash would make another name of it.
  return `${driver.replaceAll("-", "_")}-${findPlace(driver, path ?? "")}`;
}

function findPlace(driver: string, path: string): string {
  const [, inner = ""] = /(?:^|\/)devices\/(.*)$/.exec(path) ?? [];
  const folders = inner.split("/");
  for (const folder of [...folders].reverse()) {
    const place = placeOf(folder);
    if (place) return place;
  }
  if (driver === "acpitz" || folders[0]?.startsWith("LNXSYSTM")) return "acpi-0";
  if (folders[0] === "platform") return `isa-${hex(platformAddress(folders), 4)}`;
  return "virtual-0";
}

/** The bus is told by how its devices are named. */
function placeOf(folder: string): string | undefined {
  const i2c = /^(\d{1,5})-([0-9a-f]{4})$/.exec(folder);
  if (i2c) return `i2c-${i2c[1]}-${hex(Number.parseInt(i2c[2] ?? "", 16), 2)}`;
  // A thermometer on a 1-Wire bus has its number burnt in.
  const wire = /^([0-9a-f]{2}-[0-9a-f]{12})$/.exec(folder);
  if (wire) return `w1-${wire[1]}`;
  const spi = /^spi(\d{1,5})\.(\d{1,5})$/.exec(folder);
  if (spi) return `spi-${spi[1]}-${hex(Number(spi[2]), 1)}`;
  const hid = /^([0-9A-F]{4}):[0-9A-F]{4}:[0-9A-F]{4}\.([0-9A-F]{4})$/.exec(folder);
  if (hid) return `hid-${Number.parseInt(hid[1] ?? "", 16)}-${hex(Number.parseInt(hid[2] ?? "", 16), 1)}`;
  const pci = /^([0-9a-f]{4,8}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/.exec(folder);
  if (pci) {
    const [domain = 0, bus = 0, slot = 0, part = 0] = pci.slice(1).map((digits) => Number.parseInt(digits, 16));
    return `pci-${hex(domain * 65_536 + bus * 256 + slot * 8 + part, 4)}`;
  }
  const scsi = /^(\d{1,5}):(\d{1,5}):(\d{1,5}):(\d{1,5})$/.exec(folder);
  if (!scsi) return undefined;
  const [host = 0, channel = 0, target = 0, unit = 0] = scsi.slice(1).map(Number);
  return `scsi-${host}-${hex(channel * 256 + target * 16 + unit, 1)}`;
}

/** The number at the end of the innermost name that has one: coretemp.1 has the address 1. */
function platformAddress(folders: readonly string[]): number {
  const numbers = folders.flatMap((folder) => /^\w+[.:](\d{1,9})/.exec(folder)?.[1] ?? []);
  return Number(numbers.at(-1) ?? 0);
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
