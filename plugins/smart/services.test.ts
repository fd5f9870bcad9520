import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { createDoors } from "../../server/collect/doors/doors";
import { validateReadings } from "../../server/collect/validate";
import { collectReadings } from "../sdk/collect";
import plugin from ".";
import { type Guest, startGuest } from "./test-guest";

const ATA = { device: "QEMU_HARDDISK_QATA1", model: "QEMU HARDDISK" };
const NVME = { device: "QEMU_NVMe_Ctrl_QNVME1", model: "QEMU NVMe Ctrl" };

/** smartctl of Debian and a kernel of Debian's, on disks that QEMU emulates: the plugin's commands run in the guest. */
describeService("smart", "ATA and NVMe", (service) => {
  let guest: Guest;
  const memory = service.memory();

  /** One run, whose tools run in the guest. */
  async function collect(
    config: Readonly<Record<string, unknown>> = {},
    { as = "root", kept = service.memory() } = {},
  ) {
    const { signal } = new AbortController();
    const { doors, close } = createDoors({ signal });
    const prefix = as === "root" ? [] : [`as-${as}`];
    const exec: typeof doors.exec = (tool, args) => guest.exec([...prefix, `/sbin/${tool}`, ...args]);
    const log = { debug: () => {}, warn: () => {} };
    const surroundings = { config, doors: { ...doors, exec }, now: Date.now(), signal, memory: kept, log };
    const seen = await collectReadings(plugin, surroundings);
    await close();
    expect(validateReadings(plugin, seen.readings).remarks).toEqual([]);
    const value = (metric: string, labels: Readonly<Record<string, string>>) =>
      seen.readings.find(
        (one) => one.metric === metric && Object.entries(labels).every(([name, text]) => one.labels[name] === text),
      )?.value;
    return { ...seen, value };
  }

  beforeAll(async () => {
    guest = await startGuest(service);
    service.version((await guest.exec(["/sbin/smartctl", "--version"])).stdout);
  });

  test("finds both disks and reads each in its own way", async () => {
    const seen = await collect({}, { kept: memory });
    expect(seen.failure).toBeUndefined();
    expect(seen.partial).toEqual([]);
    expect(seen.value("smart_disks", {})).toBe(2);
    expect(seen.value("smart_passed", ATA)).toBe(1);
    expect(seen.value("smart_temperature_celsius", ATA)).toBe(31);
    expect(seen.value("smart_reallocated_sectors", ATA)).toBe(0);
    expect(seen.value("smart_attribute_threshold", { ...ATA, id: "5" })).toBe(36);
    expect(seen.value("smart_info", { ...ATA, capacity_bytes: "67108864", protocol: "ATA" })).toBe(1);
    expect(seen.value("smart_passed", NVME)).toBe(1);
    expect(seen.value("smart_temperature_celsius", NVME)).toBe(50);
    expect(seen.value("smart_critical_warning", { ...NVME, bit: "spare" })).toBe(0);
  });

  test("counts what was read from the NVMe disk", async () => {
    const before = Number((await collect()).value("smart_read_bytes_total", NVME));
    await guest.exec(["dd", "if=/dev/nvme0n1", "of=/dev/null", "bs=1048576"]);
    const after = Number((await collect()).value("smart_read_bytes_total", NVME));
    // The disk counts in thousands of blocks.
    expect(after - before).toBeGreaterThan(66_500_000);
    expect(after - before).toBeLessThan(100_000_000);
  });

  test("sees a self-test that was made", async () => {
    expect((await collect()).value("smart_self_test_passed", ATA)).toBeUndefined();
    await guest.exec(["/sbin/smartctl", "-t", "short", "/dev/sda"]);
    let seen = await collect();
    await service.until(async () => {
      seen = await collect();
      return seen.value("smart_self_test_passed", ATA) === 1;
    });
    expect(seen.value("smart_self_test_age_power_on_seconds", ATA)).toBeGreaterThanOrEqual(0);
  });

  test("a disk that warns is failing, bit by bit, and well again", async () => {
    await guest.warn(0b1001);
    const seen = await collect({}, { kept: memory });
    expect(seen.value("smart_passed", NVME)).toBe(0);
    expect(seen.value("smart_exit_status", NVME)).toBe(8);
    expect(seen.value("smart_critical_warning", { ...NVME, bit: "spare" })).toBe(1);
    expect(seen.value("smart_critical_warning", { ...NVME, bit: "temperature" })).toBe(0);
    expect(seen.value("smart_critical_warning", { ...NVME, bit: "read_only" })).toBe(1);
    expect(seen.value("smart_passed", ATA)).toBe(1);
    await guest.warn(0);
    expect((await collect()).value("smart_passed", NVME)).toBe(1);
  });

  test("one disk that is not there leaves the other", async () => {
    const seen = await collect({ devices: ["/dev/sda", "/dev/sdz"] });
    expect(seen.failure).toBeUndefined();
    expect(seen.partial).toMatchObject([{ reason: "not_found" }]);
    expect(seen.value("smart_passed", ATA)).toBe(1);
    expect((await collect({ devices: ["/dev/sdz"] })).failure?.reason).toBe("not_found");
  });

  test("a user who may not open the disks is told so", async () => {
    expect((await collect({}, { as: "nobody" })).failure?.reason).toBe("permission");
  });
});
