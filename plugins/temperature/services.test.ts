import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { describeService } from "../../scripts/services/describe-service";
import { makeSysfs } from "./test-sysfs";

const noNamespaces =
  spawnSync("unshare", ["--mount", "true"]).status === 0 ? "" : "no mount namespaces may be made here";
/** `chip -> feature -> temp1_input`, with the adapter's name beside the features. */
const Told = z.record(z.string(), z.record(z.string(), z.union([z.string(), z.record(z.string(), z.number())])));

/** A /sys with chips, read by our plugin and by the tool of lm-sensors, which sees it in the place of this machine's. */
describeService("temperature", "hwmon", (service) => {
  if (noNamespaces) return test.skip(`skipped: ${noNamespaces}`);
  const sysfs = makeSysfs();
  let folder = "";

  beforeAll(async () => {
    sysfs.addChip(
      {
        driver: "coretemp",
        device: "platform/coretemp.0",
        files: { temp1_input: 47_000, temp1_label: "Package id 0\n", temp1_max: 80_000, temp1_crit: 100_000 },
      },
      0,
    );
    sysfs.addChip(
      {
        driver: "nct6798",
        device: "platform/nct6775.656",
        files: {
          fan1_input: 812,
          fan1_label: "CPU fan\n",
          in0_input: 1_184,
          temp7_input: 31_500,
          temp7_label: "Board\n",
        },
      },
      1,
    );
    const inner = join(service.folder, "inner.sh");
    writeFileSync(
      inner,
      // The tool wants a real sysfs below; only these two folders of it are looked at.
      `mount --make-rprivate / && mount --bind "${sysfs.root}/class" /sys/class && mount --bind "${sysfs.root}/devices" /sys/devices && exec /usr/bin/sensors "$@"\n`,
    );
    folder = service.wrap("sensors", `exec unshare --mount /bin/sh ${inner} "$@"`);
    service.version(await service.run("sensors", ["-v"]));
  });
  afterAll(() => sysfs.remove());

  test("reads the same as the tool", async () => {
    const told = Told.parse(JSON.parse(await service.run(join(folder, "sensors"), ["-j"])));
    const theirs = Object.values(told)
      .flatMap((chip) => Object.entries(chip))
      .flatMap(([name, values]) => (typeof values === "string" ? [] : [{ name, values: Object.entries(values) }]));
    const input = (name: string) =>
      theirs.find((one) => one.name === name)?.values.find(([key]) => key.endsWith("_input"))?.[1];
    const { readings, failure } = await service.collect({ sysRoot: sysfs.root });
    expect(failure).toBeUndefined();
    const ours = (metric: string, sensor: string) =>
      readings.find((one) => one.metric === metric && one.labels.sensor === sensor)?.value;
    expect(ours("temperature_celsius", "Package id 0")).toBe(47);
    for (const sensor of ["Package id 0", "Board"]) expect(ours("temperature_celsius", sensor)).toBe(input(sensor));
    expect(ours("fan_speed_rpm", "CPU fan")).toBe(input("CPU fan"));
    expect(ours("voltage_volts", "nct6798 in0")).toBe(input("in0"));
  });

  test("asks the tool where it sees nothing itself, and reads the same from it", async () => {
    const direct = await service.collect({ sysRoot: sysfs.root });
    const byTool = await service.collect({ sysRoot: service.folder }, { toolFolders: [folder] });
    expect(byTool.failure).toBeUndefined();
    const values = (seen: typeof direct, metric: string) =>
      seen.readings
        .filter((one) => one.metric === metric)
        .map(({ value }) => value)
        .sort();
    for (const metric of ["temperature_celsius", "fan_speed_rpm", "voltage_volts"])
      expect(values(byTool, metric)).toEqual(values(direct, metric));
  });
});
