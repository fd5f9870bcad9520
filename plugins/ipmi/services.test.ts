import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import { type IpmiSim, startIpmiSim } from "./test-ipmi-sim";

describeService("ipmi", "IPMI", (service) => {
  let sim: IpmiSim;
  const memory = service.memory();
  const config = () => ({ host: "127.0.0.1", port: sim.port, username: "unity", password: "s3cret" });
  const collect = () => service.collect(config(), { memory });
  const ipmitool = (...args: string[]) =>
    service.run(
      "ipmitool",
      ["-I", "lanplus", "-H", "127.0.0.1", "-p", String(sim.port), "-U", "unity", "-E", ...args],
      {
        env: { IPMI_PASSWORD: "s3cret" },
      },
    );

  beforeAll(async () => {
    sim = await startIpmiSim(service);
    service.version(`ipmi_sim, ${await service.run("ipmitool", ["-V"])}`);
    await ipmitool("sel", "time", "set", "now");
  });

  test("reads every kind of sensor, with its limit and its unit", async () => {
    let seen = await collect();
    // The simulator looks at one sensor after the other.
    await service.until(async () => {
      seen = await collect();
      return seen.value("ipmi_sensors", { state: "ok" }) === 5;
    });
    expect(seen.failure).toBeUndefined();
    expect(seen.value("ipmi_temperature_celsius", { sensor: "CPU Temp" })).toBe(42);
    expect(seen.partial).toEqual([]);
    expect(seen.value("ipmi_temperature_celsius", { sensor: "Sys, Temp" })).toBe(31);
    expect(seen.value("ipmi_temperature_critical_celsius", { sensor: "CPU Temp" })).toBe(90);
    expect(seen.value("ipmi_fan_speed_rpm", { sensor: "FAN1" })).toBe(1_200);
    expect(seen.value("ipmi_voltage_volts", { sensor: "12V" })).toBeCloseTo(12.1);
    expect(seen.value("ipmi_power_watts", { sensor: "PSU Power" })).toBe(124);
    expect(seen.value("ipmi_power_on")).toBe(0);
    expect(seen.value("ipmi_psu_ok", { psu: "PS1 Status" })).toBe(1);
    expect(seen.value("ipmi_chassis_fault", { kind: "drive" })).toBe(0);
    expect(seen.labels("ipmi_info")).toMatchObject({ firmware: "9.08", manufacturer: "MontaVista Software, Inc." });
    expect(seen.value("ipmi_sel_critical_entries")).toBe(0);
  });

  test("sees a processor that is too hot, a fan that slows down, and what the log says of it", async () => {
    const before = (await collect()).value("ipmi_sel_entries") ?? 0;
    sim.set("cpu", 95);
    sim.set("system", 65);
    sim.set("fan", 4);
    const state = async (sensor: string) => (await collect()).value("ipmi_sensor_state", { sensor });
    await service.until(async () => {
      const seen = await collect();
      expect(seen.value("ipmi_sensors", { state: "critical" })).toBe(2);
      expect(seen.value("ipmi_sensor_state", { sensor: "CPU Temp" })).toBe(2);
      expect(seen.value("ipmi_sensor_state", { sensor: "FAN1" })).toBe(2);
      expect(seen.value("ipmi_sensor_state", { sensor: "Sys, Temp" })).toBe(1);
      expect(seen.value("ipmi_temperature_celsius", { sensor: "CPU Temp" })).toBe(95);
      expect(seen.value("ipmi_sel_entries")).toBeGreaterThan(before);
      expect(seen.value("ipmi_sel_critical_entries")).toBeGreaterThanOrEqual(2);
      expect(JSON.stringify(seen.inventory?.lists?.events)).toContain("Upper Critical going high");
      return true;
    });
    sim.set("cpu", 42);
    sim.set("system", 31);
    sim.set("fan", 12);
    await service.until(async () => (await state("CPU Temp")) === 0 && (await state("FAN1")) === 0);
  });

  test("sees a power supply that fails", async () => {
    await sim.setSupplyBit(1, true);
    await service.until(async () => (await collect()).value("ipmi_psu_ok", { psu: "PS1 Status" }) === 0);
    await sim.setSupplyBit(1, false);
    await service.until(async () => (await collect()).value("ipmi_psu_ok", { psu: "PS1 Status" }) === 1);
  });

  test("an older way in, and sensors that are not wanted", async () => {
    const seen = await service.collect({ ...config(), cipherSuite: "3", sensorsExclude: ["FAN*"], sel: false });
    expect(seen.failure).toBeUndefined();
    expect(seen.value("ipmi_fan_speed_rpm")).toBeUndefined();
    expect(seen.value("ipmi_sel_entries")).toBeUndefined();
    expect((await service.collect({ ...config(), interface: "lan" })).value("ipmi_power_on")).toBe(0);
  });

  test("a wrong password is the login's fault, nobody there is not", async () => {
    const wrong = await service.collect({ ...config(), password: "wrong-one" });
    expect(wrong.failure?.reason).toBe("auth");
    expect(JSON.stringify(wrong)).not.toContain("wrong-one");
    expect((await service.collect({ ...config(), username: "nobody" })).failure?.reason).toBe("auth");
    await sim.process.stop();
    expect((await collect()).failure?.reason).toBe("unreachable");
    expect((await service.collect({ interface: "open" })).failure?.reason).toBe("not_found");
  });
});
