import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

export interface FakeChip {
  readonly driver: string;
  /** Below /sys/devices: pci0000:00/0000:00:02.0/nvme/nvme0. */
  readonly device: string;
  /** Files of the chip; with a slash at the beginning, of the device. */
  readonly files: Readonly<Record<string, string | number>>;
}

/** For tests only: a /sys as the kernel makes it, folders below devices and links that lead there, on a real disk. */
export function makeSysfs() {
  const root = mkdtempSync(join(tmpdir(), "unity sysfs-"));
  const write = (path: string, text: string | number) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof text === "number" ? `${text}\n` : text);
  };
  const link = (from: string, to: string) => {
    mkdirSync(dirname(from), { recursive: true });
    symlinkSync(relative(dirname(from), to), from);
  };
  return {
    root,
    write: (path: string, text: string | number) => write(join(root, path), text),
    /** Gives the chip a number, as the kernel does while it starts. Returns its folder. */
    addChip({ driver, device, files }: FakeChip, number: number): string {
      const home = join(root, "devices", device);
      const folder = join(home, "hwmon", `hwmon${number}`);
      write(join(folder, "name"), `${driver}\n`);
      link(join(folder, "device"), home);
      for (const [name, text] of Object.entries(files))
        write(name.startsWith("/") ? join(home, name) : join(folder, name), text);
      link(join(root, "class/hwmon", `hwmon${number}`), folder);
      return folder;
    },
    removeChips: () => {
      for (const name of ["class/hwmon", "devices"]) rmSync(join(root, name), { recursive: true, force: true });
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
