import { existsSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";

const MIB = 1_048_576;
/** Programs with mounts of their own that other tests start keep what is mounted for as long as they run. */
const UNMOUNTED_MS = 150_000;
const isRoot = process.getuid?.() === 0;
const NO_ROOT = "skipped: loop devices and mounts need root.";

/** Makes a file of so many MiB that takes no space yet. */
function makeDisk(path: string, mebibytes: number): string {
  writeFileSync(path, "");
  truncateSync(path, mebibytes * MIB);
  return path;
}

/** Writes zeros over a part of a disk, as a failing one would lose it. */
async function damage(path: string, fromMiB: number, count: number): Promise<void> {
  const file = await open(path, "r+");
  for (let index = 0; index < count; index += 1) await file.write(Buffer.alloc(MIB), 0, MIB, (fromMiB + index) * MIB);
  await file.sync();
  await file.close();
}

const numberAfter = (text: string, title: string) => Number(new RegExp(`${title}:\\s+(\\d+)`).exec(text)?.[1]);

describeService("zfs-btrfs", "Btrfs", (service) => {
  if (!isRoot) {
    test.skip(NO_ROOT);
    return;
  }
  const mount = join(service.folder, "m");
  const config = { type: "btrfs", mounts: [mount] };
  const memory = service.memory();
  const loops: string[] = [];
  const pool = { pool: `unity-${process.pid}` };
  let mounted = false;
  let inKernel = "";
  const collect = () => service.collect(config, { memory });
  const unmount = async () => {
    await service.until(() => service.run("umount", [mount]).then(() => true));
    mounted = false;
    await service.until(() => !existsSync(inKernel), UNMOUNTED_MS);
  };
  const nameOf = (index: number) => loops[index]?.replace("/dev/", "") ?? "";
  const errorsOf = (seen: Awaited<ReturnType<typeof collect>>, index: number) =>
    seen.value("storage_vdev_errors_total", { ...pool, device: nameOf(index), kind: "corruption" });

  beforeAll(async () => {
    service.version(await service.run("btrfs", ["--version"]));
    mkdirSync(mount);
    for (const name of ["a.img", "b.img"]) {
      const disk = makeDisk(join(service.folder, name), 300);
      loops.push((await service.run("losetup", ["-f", "--show", disk])).trim());
    }
    await service.run("mkfs.btrfs", ["-q", "-L", pool.pool, "-d", "raid1", "-m", "raid1", ...loops]);
    await service.run("mount", ["-t", "btrfs", loops[0] ?? "", mount]);
    mounted = true;
    const [, uuid = "none"] = /uuid: (\S+)/.exec(await service.run("btrfs", ["filesystem", "show", mount])) ?? [];
    inKernel = join("/sys/fs/btrfs", uuid);
    expect(existsSync(inKernel)).toBe(true);
    writeFileSync(join(mount, "file"), Buffer.alloc(40 * MIB, "unity"));
    await service.run("btrfs", ["filesystem", "sync", mount]);
  });

  afterAll(async () => {
    if (mounted) await unmount();
    for (const loop of loops) await service.run("losetup", ["-d", loop]);
  });

  test("a new mirror is healthy, of the size the tool says, and was never scrubbed", async () => {
    let seen = await collect();
    let usage = "";
    // The kernel gives back space that mkfs had allocated, some time after the mount.
    await service.until(async () => {
      seen = await collect();
      usage = await service.run("btrfs", ["filesystem", "usage", "--raw", mount]);
      return seen.value("storage_pool_allocated_bytes", pool) === numberAfter(usage, "Device allocated");
    });
    expect(seen.partial).toEqual([]);
    expect(seen.value("storage_pool_healthy", { ...pool, fs: "btrfs" })).toBe(1);
    expect(seen.value("storage_pool_size_bytes", pool)).toBe(600 * MIB);
    expect(seen.value("storage_pool_allocated_bytes", pool)).toBe(numberAfter(usage, "Device allocated"));
    expect(seen.value("storage_pool_unallocated_bytes", pool)).toBe(numberAfter(usage, "Device unallocated"));
    expect(seen.value("storage_pool_used_ratio", pool)).toBeGreaterThan(0.1);
    expect([errorsOf(seen, 0), errorsOf(seen, 1)]).toEqual([0, 0]);
    expect(seen.value("storage_scrub_age_seconds", pool)).toBeUndefined();
  });

  test("one half of it is damaged, and a scrub finds and corrects it", async () => {
    // Between the first copy of the superblock and the second one at 64 MiB, and behind that.
    await damage(join(service.folder, "b.img"), 1, 62);
    await damage(join(service.folder, "b.img"), 66, 120);
    await service.run("btrfs", ["scrub", "start", "-B", mount]);
    const seen = await collect();
    const found = errorsOf(seen, 1) ?? 0;
    // Most of 40 MiB in blocks of 4 KiB.
    expect(found).toBeGreaterThan(1_000);
    expect(found).toBe(seen.value("storage_scrub_errors", { ...pool, kind: "csum" }));
    expect(errorsOf(seen, 0)).toBe(0);
    // Metadata whose header is damaged counts as well.
    expect(seen.value("storage_scrub_errors", { ...pool, kind: "corrected" })).toBeGreaterThanOrEqual(found);
    expect(seen.value("storage_scrub_errors", { ...pool, kind: "uncorrectable" })).toBe(0);
    expect(seen.value("storage_scrub_age_seconds", pool)).toBeLessThan(60);
    expect(seen.value("storage_pool_healthy", pool)).toBe(1);
  });

  test("without its second device it is degraded", async () => {
    await unmount();
    await service.run("losetup", ["-d", loops[1] ?? ""]);
    await service.run("btrfs", ["device", "scan", "--forget"]).catch(() => "another one is mounted");
    await service.run("mount", ["-t", "btrfs", "-o", "degraded", loops[0] ?? "", mount]);
    mounted = true;
    const gone = nameOf(1);
    loops.pop();
    const seen = await collect();
    expect(seen.value("storage_pool_healthy", pool)).toBe(0);
    expect(seen.labels("storage_pool_state", pool)).toMatchObject({ state: "DEGRADED" });
    expect(seen.value("storage_pool_devices_missing", pool)).toBe(1);
    // Its name is remembered.
    expect(seen.value("storage_vdev_healthy", { ...pool, device: gone })).toBe(0);
    expect(seen.value("storage_pool_size_bytes", pool)).toBeUndefined();
  });

  test("once it is unmounted it is not there", async () => {
    await unmount();
    expect((await collect()).failure?.reason).toBe("not_found");
  });
});

describeService("zfs-btrfs", "OpenZFS", (service) => {
  if (!isRoot) {
    test.skip(NO_ROOT);
    return;
  }
  const name = `unity${process.pid}`;
  const pool = { pool: name };
  const config = { type: "zfs", pools: [name] };
  const memory = service.memory();
  const disks = ["z1", "z2"].map((file) => join(service.folder, file));
  let daemon: Running | undefined;
  const collect = () => service.collect(config, { memory });

  beforeAll(async () => {
    daemon = await service.start("zfs-fuse", ["-n", "--no-kstat-mount", "-p", join(service.folder, "pid")], {
      // It fails until the daemon's socket is there.
      ready: () => service.run("zpool", ["list"]).then(() => true),
    });
    service.version("zfs-fuse 0.7.0");
    for (const disk of disks) makeDisk(disk, 128);
    await service.run("zpool", ["create", "-f", "-m", join(service.folder, "pool"), name, "mirror", ...disks]);
    await service.run("zfs", ["create", `${name}/photos`]);
    await service.run("zfs", ["set", "quota=50M", `${name}/photos`]);
    await service.run("zfs", ["snapshot", `${name}/photos@one`]);
    await service.run("zfs", ["snapshot", `${name}/photos@two`]);
    writeFileSync(join(service.folder, "pool", "file"), Buffer.alloc(30 * MIB, "unity"));
  });

  afterAll(async () => {
    const pools = daemon ? await service.run("zpool", ["list", "-H", "-o", "name"]).catch(() => "") : "";
    if (pools.split("\n").includes(name)) await service.run("zpool", ["destroy", "-f", name]);
  });

  test("a new mirror is healthy; its dataset has the quota and snapshots it was given", async () => {
    const seen = await collect();
    const dataset = { dataset: `${name}/photos` };
    expect(seen.partial).toEqual([]);
    expect(seen.value("storage_pool_healthy", { ...pool, fs: "zfs" })).toBe(1);
    expect(seen.value("storage_pool_size_bytes", pool)).toBeGreaterThan(100 * MIB);
    expect(seen.value("storage_pool_size_bytes", pool)).toBeLessThan(128 * MIB);
    expect(seen.value("storage_pool_devices_missing", pool)).toBe(0);
    expect(seen.value("storage_dataset_quota_bytes", dataset)).toBe(50 * MIB);
    expect(seen.value("storage_snapshots", dataset)).toBe(2);
    expect(seen.value("storage_snapshot_newest_age_seconds", dataset)).toBeLessThan(120);
    expect(seen.value("storage_scrub_age_seconds", pool)).toBeUndefined();
  });

  test("one half of it is damaged, and a scrub counts its checksum errors", async () => {
    // What is still to be written would be written over the damage.
    await service.until(async () => ((await collect()).value("storage_pool_allocated_bytes", pool) ?? 0) > 30 * MIB);
    await damage(disks[1] ?? "", 5, 100);
    await service.run("zpool", ["scrub", name]);
    const checksum = { ...pool, device: disks[1] ?? "", kind: "checksum" };
    let seen = await collect();
    await service.until(async () => {
      seen = await collect();
      const found = seen.value("storage_vdev_errors_total", checksum) ?? 0;
      return found > 0 && seen.value("storage_scrub_running", pool) === 0;
    });
    expect(seen.value("storage_vdev_errors_total", { ...checksum, device: disks[0] ?? "" })).toBe(0);
    expect(seen.value("storage_scrub_errors", { ...pool, kind: "uncorrectable" })).toBe(0);
    expect(seen.value("storage_scrub_age_seconds", pool)).toBeLessThan(120);
    expect(seen.value("storage_pool_data_errors", pool)).toBe(0);
  });

  test("a disk that is taken offline makes it degraded", async () => {
    await service.run("zpool", ["offline", name, disks[0] ?? ""]);
    const seen = await collect();
    expect(seen.value("storage_pool_healthy", pool)).toBe(0);
    expect(seen.labels("storage_pool_state", pool)).toMatchObject({ state: "DEGRADED" });
    expect(seen.value("storage_vdev_healthy", { ...pool, device: disks[0] ?? "" })).toBe(0);
    expect(seen.value("storage_vdev_healthy", { ...pool, device: disks[1] ?? "" })).toBe(1);
  });

  test("a pool that is gone, and ZFS that is stopped, are not there", async () => {
    await service.until(() => service.run("zpool", ["destroy", "-f", name]).then(() => true), UNMOUNTED_MS);
    expect((await collect()).failure?.message).toBe(`There is no ZFS pool ${name}.`);
    await daemon?.stop();
    daemon = undefined;
    // While it ends, its socket is still there and closes on whoever asks.
    await service.until(async () => (await collect()).failure?.reason === "not_found");
  });
});
