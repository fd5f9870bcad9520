import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";

/** Real file systems on loop devices: what the plugin reads is what the test caused. */
const MIB = 1_048_576;
const run = (tool: string, ...args: string[]) =>
  execFileSync(tool, args, { stdio: ["ignore", "pipe", "pipe"] })
    .toString()
    .trim();

/** Debian packages of what a small system may lack. */
const PACKAGES: Readonly<Record<string, string>> = {
  btrfs: "btrfs-progs",
  "mkfs.btrfs": "btrfs-progs",
  "mkfs.ext4": "e2fsprogs",
};

function whyNot(...tools: string[]): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root to mount";
  const missing = tools.filter((tool) => !works("which", tool));
  const packages = [...new Set(missing.map((tool) => PACKAGES[tool] ?? tool))];
  if (missing.length > 0) return `needs ${missing.join(", ")}: apt-get install ${packages.join(" ")}`;
  if (!works("unshare", "-m", "true")) return "needs the right to mount";
  return tools.includes("losetup") && !works("losetup", "-f") ? "needs a free loop device" : undefined;
}
function works(tool: string, ...args: string[]): boolean {
  try {
    run(tool, ...args);
    return true;
  } catch {
    return false;
  }
}
const title = (text: string, reason: string | undefined) => (reason ? `${text} (skipped: ${reason})` : text);

let now = Date.now();
async function collect(config: Record<string, unknown> = {}, memory = createMemory(() => now)) {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal });
  const log = { debug: () => {}, warn: () => {} };
  const collected = await collectReadings(plugin, { config, doors, now, signal, memory, log });
  await close();
  expect(collected.failure).toBeUndefined();
  const value = (metric: string, label: string) => {
    const found = collected.readings.find(
      (entry) => entry.metric === metric && Object.values(entry.labels).includes(label),
    );
    return typeof found?.value === "number" ? found.value : undefined;
  };
  return { ...collected, value };
}

/** A file system of its own, and what df says of it. */
function makeFileSystem(folder: string, name: string, mib: number, make: readonly [string, ...string[]]) {
  const image = join(folder, `${name}.img`);
  const mount = join(folder, name);
  run("truncate", "-s", `${mib}M`, image);
  const [tool, ...args] = make;
  run(tool, ...args, image);
  const device = run("losetup", "-f", "--show", image);
  mkdirSync(mount);
  try {
    run("mount", device, mount);
  } catch (error) {
    run("losetup", "-d", device);
    throw error;
  }
  return {
    mount,
    device: device.replace("/dev/", ""),
    df: () =>
      (run("df", "-B1", "--output=size,used,avail,itotal,iavail", mount).split("\n")[1] ?? "")
        .trim()
        .split(/\s+/)
        .map(Number),
    remove: () => {
      run("umount", mount);
      run("losetup", "-d", device);
    },
  };
}
type Made = ReturnType<typeof makeFileSystem>;

const ext4Reason = whyNot("mkfs.ext4", "losetup", "df");
describe.skipIf(ext4Reason)(title("ext4 on a loop device", ext4Reason), () => {
  let folder = "";
  let big: Made | undefined;
  let small: Made | undefined;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "unity disk\t"));
    big = makeFileSystem(folder, "big", 64, ["mkfs.ext4", "-q", "-F"]);
    small = makeFileSystem(folder, "small", 8, ["mkfs.ext4", "-q", "-F", "-N", "16"]);
  });
  afterAll(() => {
    big?.remove();
    small?.remove();
    rmSync(folder, { recursive: true });
  });
  /** A tab is shown as the kernel escapes it. */
  const shown = (made: Made | undefined) => made?.mount.replaceAll("\t", "\\011") ?? "";

  test("says what df says, before and after it is filled", async () => {
    const before = await collect();
    writeFileSync(join(big?.mount ?? "", "fill"), Buffer.alloc(30 * MIB, 1), { flush: true });
    run("sync", "-f", big?.mount ?? "");
    const after = await collect();
    const [size, used = 0, available = 0, inodes, inodesFree] = big?.df() ?? [];
    const read = (metric: string) => after.value(metric, shown(big));
    expect(read("disk_size_bytes")).toBe(size);
    expect(read("disk_used_bytes")).toBe(used);
    expect(read("disk_available_bytes")).toBe(available);
    expect(read("disk_used_ratio")).toBeCloseTo(used / (used + available), 6);
    expect(read("disk_inodes")).toBe(inodes);
    expect(read("disk_inodes_free")).toBe(inodesFree);
    expect(read("disk_stat_failed")).toBe(0);
    expect(used - (before.value("disk_used_bytes", shown(big)) ?? 0)).toBeGreaterThanOrEqual(30 * MIB);
    // A loop device is taken because a shown file system is on it.
    const written = (from: typeof after) => from.value("disk_written_bytes_total", big?.device ?? "") ?? 0;
    expect(written(after) - written(before)).toBeGreaterThanOrEqual(30 * MIB);
    expect(written(after) - written(before)).toBeLessThan(60 * MIB);
  });

  test("sees that the inodes run out while space is left", async () => {
    const make = () => {
      for (let index = 0; index < 100; index += 1) writeFileSync(join(small?.mount ?? "", `file-${index}`), "");
    };
    expect(make).toThrow("ENOSPC");
    const { value } = await collect();
    expect(value("disk_inodes_free", shown(small))).toBe(0);
    expect(value("disk_inodes_used_ratio", shown(small))).toBe(1);
    expect(value("disk_used_ratio", shown(small))).toBeLessThan(0.5);
  });

  test("sees a remount as read-only, a minute later", async () => {
    const memory = createMemory(() => now);
    expect((await collect({}, memory)).value("disk_readonly", shown(big))).toBe(0);
    run("mount", "-o", "remount,ro", big?.mount ?? "");
    now += 10_000;
    expect((await collect({}, memory)).value("disk_readonly", shown(big))).toBeUndefined();
    now += 50_000;
    expect((await collect({}, memory)).value("disk_readonly", shown(big))).toBe(1);
  });

  test("shows a bound folder once", async () => {
    const bound = join(folder, "bound");
    mkdirSync(bound);
    run("mount", "--bind", small?.mount ?? "", bound);
    try {
      const { readings } = await collect();
      const mine = readings.filter(
        ({ metric, labels }) => metric === "disk_size_bytes" && labels.mount?.includes("unity disk"),
      );
      expect(mine.map(({ labels }) => labels.mount).sort()).toEqual([shown(big), shown(small)]);
    } finally {
      run("umount", bound);
    }
  });
});

const btrfsReason = whyNot("mkfs.btrfs", "btrfs", "losetup", "df");
describe.skipIf(btrfsReason)(title("Btrfs on a loop device", btrfsReason), () => {
  let folder = "";
  let made: Made | undefined;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "unity-btrfs-"));
    made = makeFileSystem(folder, "pool", 160, ["mkfs.btrfs", "-q"]);
  });
  afterAll(() => {
    made?.remove();
    rmSync(folder, { recursive: true });
  });

  test("says what df says, has no inodes, and shows subvolumes once with their device", async () => {
    const mount = made?.mount ?? "";
    const second = join(folder, "sub");
    run("btrfs", "subvolume", "create", join(mount, "inner"));
    mkdirSync(second);
    run("mount", "-o", "subvol=inner", `/dev/${made?.device}`, second);
    try {
      const { readings, value } = await collect();
      const [size, , available] = made?.df() ?? [];
      expect(value("disk_size_bytes", mount)).toBe(size);
      expect(value("disk_available_bytes", mount)).toBe(available);
      expect(value("disk_inodes", mount)).toBeUndefined();
      expect(value("disk_size_bytes", second)).toBeUndefined();
      expect(readings.filter(({ labels }) => labels.mount === mount && labels.fstype === "btrfs")).not.toHaveLength(0);
      expect(value("disk_written_bytes_total", made?.device ?? "")).toBeGreaterThan(0);
    } finally {
      run("umount", second);
    }
  });
});

const fuseReason = existsSync("/dev/fuse") ? whyNot("mount", "umount") : "needs /dev/fuse";
describe.skipIf(fuseReason)(title("a FUSE mount whose program never answers", fuseReason), () => {
  /** Mounts that never answer until `end`, each of another server. */
  function hang(count: number) {
    const made = Array.from({ length: count }, (_, index) => {
      const mount = mkdtempSync(join(tmpdir(), "unity-fuse-"));
      const fuse = openSync("/dev/fuse", "r+");
      const options = "fd=3,rootmode=40000,user_id=0,group_id=0";
      const args = ["-i", "-t", "fuse.hang", "-o", options, `server${index}:/`, mount];
      execFileSync("mount", args, { stdio: ["ignore", "pipe", "pipe", fuse] });
      return { mount, fuse };
    });
    return {
      mounts: made.map(({ mount }) => mount),
      // Without a reader the kernel ends the connection, and what hung returns.
      end: () => {
        for (const { fuse } of made) closeSync(fuse);
      },
      remove: () => {
        for (const { mount } of made) {
          run("umount", "-l", mount);
          rmdirSync(mount);
        }
      },
    };
  }
  const config = { statfsTimeoutMs: 300 };

  test("harms no other file system, however often it is asked", async () => {
    const failing = (from: Awaited<ReturnType<typeof collect>>) =>
      from.readings
        .filter(({ metric, value }) => metric === "disk_stat_failed" && value === 1)
        .map(({ labels }) => labels.mount)
        .sort();
    const usual = failing(await collect(config));
    const hung = hang(5);
    try {
      for (let round = 0; round < 3; round += 1) {
        const startedAt = performance.now();
        expect(failing(await collect(config))).toEqual([...usual, ...hung.mounts].sort());
        expect(performance.now() - startedAt).toBeLessThan(3_000);
      }
    } finally {
      hung.end();
      hung.remove();
    }
  });

  test("says that it hung, is left alone, and then that its program is gone", async () => {
    const hung = hang(1);
    const [mount = ""] = hung.mounts;
    const memory = createMemory(() => now);
    const told = async () =>
      (await collect(config, memory)).partial
        .filter(({ message }) => message.includes(mount))
        .map(({ reason }) => reason);
    try {
      expect(await told()).toEqual(["timeout"]);
      hung.end();
      now += 60_000;
      expect(await told()).toEqual(["timeout"]);
      now += 300_000;
      expect(await told()).toEqual(["unreachable"]);
    } finally {
      hung.remove();
    }
  });
});
