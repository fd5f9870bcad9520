import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { validateReadings } from "../../server/collect/validate";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { type FakeChip, makeSysfs } from "./test-sysfs";

let now = Date.now();
/** Through the real doors. @param toolFolders where `sensors` and `nvidia-smi` are looked for; nowhere unless said */
async function collect(
  config: Record<string, unknown>,
  memory = createMemory(() => now),
  toolFolders: string[] | undefined = [],
) {
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal, ...(toolFolders ? { toolFolders } : {}) });
  const log = { debug: () => {}, warn: () => {} };
  const collected = await collectReadings(plugin, { config, doors, now, signal, memory, log });
  await close();
  expect(validateReadings(plugin, collected.readings).remarks).toEqual([]);
  const value = (metric: string, label = "") =>
    collected.readings.find(
      (entry) => entry.metric === metric && (label === "" || Object.values(entry.labels).includes(label)),
    )?.value;
  return { ...collected, value };
}

const coretemp: FakeChip = {
  driver: "coretemp",
  device: "platform/coretemp.0",
  files: { temp1_input: 47_000, temp1_label: "Package id 0\n", temp1_max: 80_000, temp1_crit: 100_000 },
};
const nvme = (celsius: number): FakeChip => ({
  driver: "nvme",
  device: "pci0000:00/0000:00:02.0/nvme/nvme0",
  files: {
    temp1_input: celsius * 1_000,
    temp1_label: "Composite\n",
    temp1_min: -273_150,
    temp1_max: 69_850,
    "/model": "Test Disk        \n",
    "/serial": "S1234\n",
  },
});
const board = (files: FakeChip["files"]): FakeChip => ({ driver: "nct6798", device: "platform/nct6775.656", files });

describe("a sysfs on disk", () => {
  let sysfs: ReturnType<typeof makeSysfs>;
  beforeEach(() => {
    sysfs = makeSysfs();
  });
  afterEach(() => sysfs.remove());
  const config = () => ({ sysRoot: sysfs.root });

  test("is read through its links: chips, disks, fans, voltages, power and humidity", async () => {
    sysfs.addChip(coretemp, 0);
    sysfs.addChip(nvme(49.85), 1);
    sysfs.addChip(
      board({ fan2_input: 1_203, pwm2: 118, in0_input: 872, power1_average: 7_500_000, humidity1_input: 44_500 }),
      2,
    );
    const { value, partial, failure, inventory } = await collect(config());
    expect(failure).toBeUndefined();
    expect(partial).toEqual([]);
    expect(value("temperature_celsius", "coretemp-isa-0000")).toBe(47);
    expect(value("temperature_critical_celsius", "Package id 0")).toBe(100);
    expect(value("temperature_celsius", "Test Disk 1234")).toBe(49.85);
    expect(value("temperature_max_celsius", "nvme-pci-0010")).toBe(69.85);
    expect(value("temperature_highest_celsius", "disk")).toBe(49.85);
    expect(value("fan_speed_rpm", "nct6798-isa-0290")).toBe(1_203);
    expect(value("voltage_volts", "nct6798 in0")).toBe(0.872);
    expect(value("power_watts", "nct6798 power1")).toBe(7.5);
    expect(value("humidity_ratio", "nct6798 humidity1")).toBe(0.445);
    expect(value("temperature_sensors")).toBe(2);
    expect(inventory?.lists?.chips).toHaveLength(3);
  });

  test("keeps its series when the kernel numbers the chips otherwise, in the middle of a run of Unity", async () => {
    const memory = createMemory(() => now);
    const names = async () =>
      (await collect(config(), memory)).readings
        .map(({ metric, labels }) => `${metric} ${JSON.stringify(labels)}`)
        .sort();
    sysfs.addChip(coretemp, 0);
    sysfs.addChip(nvme(40), 1);
    const before = await names();
    sysfs.removeChips();
    sysfs.addChip(nvme(40), 0);
    sysfs.addChip(coretemp, 3);
    now += 60_000;
    expect(await names()).toEqual(before);
  });

  test("asks a disk once a minute and a processor each time", async () => {
    const memory = createMemory(() => now);
    const cpu = sysfs.addChip(coretemp, 0);
    const disk = sysfs.addChip(nvme(40), 1);
    await collect(config(), memory);
    writeFileSync(join(cpu, "temp1_input"), "61000\n");
    writeFileSync(join(disk, "temp1_input"), "45000\n");
    now += 10_000;
    const soon = await collect(config(), memory);
    expect([
      soon.value("temperature_highest_celsius", "cpu"),
      soon.value("temperature_highest_celsius", "disk"),
    ]).toEqual([61, 40]);
    now += 50_000;
    expect((await collect(config(), memory)).value("temperature_highest_celsius", "disk")).toBe(45);
  });

  test("a driver's error is no reading and no complaint, and a chip that comes is seen at once", async () => {
    const memory = createMemory(() => now);
    const folder = sysfs.addChip(coretemp, 0);
    // Reading the beginning of a process's memory is the input and output error that a sleeping disk gives.
    rmSync(join(folder, "temp1_input"));
    symlinkSync("/proc/self/mem", join(folder, "temp1_input"));
    const asleep = await collect(config(), memory);
    expect(asleep.value("temperature_celsius")).toBeUndefined();
    expect([asleep.failure, asleep.partial]).toEqual([undefined, []]);
    expect(asleep.value("temperature_sensors")).toBe(1);
    sysfs.addChip(nvme(40), 1);
    now += 10_000;
    expect((await collect(config(), memory)).value("temperature_highest_celsius", "disk")).toBe(40);
  });

  test("sees a fan stop, and leaves an empty connector alone", async () => {
    const memory = createMemory(() => now);
    const folder = sysfs.addChip(board({ fan1_input: 900, pwm1: 200, fan2_input: 0, fan2_alarm: 1, pwm2: 255 }), 0);
    const stopped = async () => {
      const { value } = await collect(config(), memory);
      now += 10_000;
      return [value("fan_stopped", "nct6798 fan1"), value("fan_stopped", "nct6798 fan2"), value("fan_alarm")];
    };
    expect(await stopped()).toEqual([0, undefined, undefined]);
    writeFileSync(join(folder, "fan1_input"), "0\n");
    expect(await stopped()).toEqual([1, undefined, undefined]);
    writeFileSync(join(folder, "pwm1"), "0\n");
    expect(await stopped()).toEqual([0, undefined, undefined]);
  });

  test("thermal zones are read where hwmon knows no processor", async () => {
    mkdirSync(join(sysfs.root, "class/thermal/cooling_device0"), { recursive: true });
    sysfs.write("class/thermal/thermal_zone0/type", "cpu-thermal\n");
    sysfs.write("class/thermal/thermal_zone0/temp", 52_582);
    sysfs.write("class/thermal/thermal_zone0/trip_point_0_type", "critical\n");
    sysfs.write("class/thermal/thermal_zone0/trip_point_0_temp", 110_000);
    const { value } = await collect(config());
    expect(value("temperature_celsius", "cpu-thermal")).toBe(52.582);
    expect(value("temperature_critical_celsius", "cpu-thermal")).toBe(110);
    sysfs.addChip(coretemp, 0);
    expect((await collect(config())).value("temperature_celsius", "cpu-thermal")).toBeUndefined();
  });

  test("the tools are run where sysfs shows nothing, and where the driver has a card", async () => {
    const tools = join(sysfs.root, "tools");
    const tool = (name: string, output: string) => {
      sysfs.write(`tools/${name}`, `#!/bin/sh\necho "$0 $@" >> '${tools}/calls'\nprintf '%s\\n' '${output}'\n`);
      chmodSync(join(tools, name), 0o755);
    };
    tool("sensors", '{"k10temp-pci-00c3":{"Adapter":"PCI adapter","Tctl":{"temp1_input":52.125,}}}');
    tool("nvidia-smi", "0, Test Card, 54, [N/A], 41.25, 17, 2301, 12288");
    sysfs.write("bus/pci/drivers/nvidia/0000:01:00.0/power/runtime_status", "active\n");
    const { value, partial } = await collect(
      config(),
      createMemory(() => now),
      [tools, "/bin"],
    );
    expect(partial).toEqual([]);
    expect(value("temperature_celsius", "Tctl")).toBe(52.125);
    expect(value("temperature_celsius", "Test Card")).toBe(54);
    expect(value("gpu_utilization_ratio", "Test Card")).toBe(0.17);
    sysfs.write("bus/pci/drivers/nvidia/0000:01:00.0/power/runtime_status", "suspended\n");
    expect(
      (
        await collect(
          config(),
          createMemory(() => now),
          [tools],
        )
      ).value("temperature_celsius", "Test Card"),
    ).toBeUndefined();
  });

  test("an empty one is healthy and has no sensors", async () => {
    const { value, failure, partial, inventory } = await collect(config());
    expect([failure, partial]).toEqual([undefined, []]);
    expect(value("temperature_sensors")).toBe(0);
    expect(inventory?.facts?.sensors).toMatch(/^None/);
  });
});

test("this machine is read without a complaint", async () => {
  const { value, failure, partial, readings } = await collect(
    {},
    createMemory(() => now),
    undefined,
  );
  expect([failure, partial]).toEqual([undefined, []]);
  const celsius = readings.flatMap(({ metric, value: read }) =>
    metric === "temperature_celsius" ? [Number(read)] : [],
  );
  expect(value("temperature_sensors")).toBeGreaterThanOrEqual(celsius.length);
  if (!existsSync("/sys/class/hwmon/hwmon0")) return;
  for (const one of celsius) expect(one).toBeGreaterThan(-40);
});
