import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";
import { type Nis, serveNis } from "./test-nis";
import { type Nut, startNut } from "./test-nut";

const FULL = { "ups.status": "OL CHRG", "battery.charge": 97, "battery.runtime": 1860, "ups.load": 23 };

describeService("ups", "NUT", (service) => {
  let nut: Nut;
  const config = () => ({ host: "127.0.0.1", port: nut.port });
  /** The driver tells the server one variable after the other. */
  const untilSeen = async (expected: Readonly<Record<string, number>>) => {
    let seen = await service.collect(config());
    await service.until(async () => {
      seen = await service.collect(config());
      return Object.entries(expected).every(([metric, value]) => seen.value(metric, { ups: "rack" }) === value);
    });
    return seen;
  };

  beforeAll(async () => {
    nut = await startNut(service);
    await untilSeen({ ups_on_line: 1 });
  });

  test("says what the device says", async () => {
    nut.say({ ...FULL, "ups.realpower.nominal": 900, "battery.date": "2024/03/01", "ups.model": "Smart-UPS 1500" });
    await service.until(async () => {
      const seen = await untilSeen({
        ups_battery_charge_ratio: 0.97,
        ups_charging: 1,
        ups_battery_runtime_seconds: 1_860,
      });
      service.version(String(seen.inventory?.facts?.server));
      expect(seen.failure).toBeUndefined();
      expect(seen.value("ups_power_watts", { estimated: "true" })).toBeCloseTo(207);
      expect(seen.labels("ups_info")).toMatchObject({ model: "Smart-UPS 1500", driver: "dummy-ups" });
      expect(seen.inventory?.lists?.upses).toMatchObject([
        { ups: "rack", description: 'Rack "A"', batteryDate: "2024-03-01" },
      ]);
      return true;
    });
  });

  test("sees the mains go, the battery run down, and the mains return", async () => {
    nut.say({ ...FULL, "ups.status": "OB DISCHRG" });
    expect((await untilSeen({ ups_on_battery: 1 })).value("ups_running_out")).toBe(0);
    nut.say({ ...FULL, "ups.status": "OB DISCHRG LB", "battery.charge": 11, "battery.runtime": 95 });
    const low = await untilSeen({ ups_low_battery: 1, ups_battery_runtime_seconds: 95 });
    expect(low.value("ups_running_out")).toBe(1);
    nut.say(FULL);
    expect((await untilSeen({ ups_on_line: 1, ups_battery_runtime_seconds: 1_860 })).value("ups_running_out")).toBe(0);
  });

  test("logs in, inside TLS, and does not trust a certificate that nobody vouched for", async () => {
    const secured = { ...config(), host: "localhost", starttls: true, username: "unity", password: "s3cret" };
    const trusted = await service.collect({ ...secured, tls: { caPem: nut.caPem } });
    expect(trusted.failure).toBeUndefined();
    expect(trusted.value("ups_on_line")).toBe(1);
    expect((await service.collect(secured)).failure?.reason).toBe("tls");
  });

  test("a password is upsd's affair only when something is commanded: a wrong one reads all the same", async () => {
    const seen = await service.collect({ ...config(), username: "unity", password: "wrong-one" });
    expect(seen.failure).toBeUndefined();
    expect(seen.value("ups_on_line")).toBe(1);
  });

  test("says which UPSes there are when it is asked for another", async () => {
    const { failure } = await service.collect({ ...config(), ups: "desk" });
    expect(failure).toMatchObject({ reason: "not_found", hint: expect.stringContaining("rack") });
  });

  test("a driver that died is a UPS without contact, a server that died is unreachable", async () => {
    await nut.stopDriver();
    const lost = await untilSeen({ ups_communication_ok: 0 });
    expect(lost.failure).toBeUndefined();
    expect(lost.value("ups_on_line")).toBeUndefined();
    await nut.stopServer();
    expect((await service.collect(config())).failure?.reason).toBe("unreachable");
  });
});

/** As a Back-UPS on USB is told of. */
const BACK_UPS = new Map([
  ["APC", "001,036,0879"],
  ["HOSTNAME", "nas"],
  ["VERSION", "3.14.14 (31 May 2016) debian"],
  ["UPSNAME", "Back-UPS"],
  ["MODEL", "Back-UPS ES 700G"],
  ["STATUS", "ONLINE "],
  ["LINEV", "231.0 Volts"],
  ["LOADPCT", "12.0 Percent"],
  ["BCHARGE", "100.0 Percent"],
  ["TIMELEFT", "42.5 Minutes"],
  ["BATTV", "13.6 Volts"],
  ["STATFLAG", "0x05000008"],
  ["SERIALNO", "5B1234"],
  ["NOMPOWER", "405 Watts"],
  ["END APC", "2026-08-20 12:00:01 +0200"],
]);

describeService("ups", "apcupsd", (service) => {
  let nis: Nis;
  let daemon: Running;
  let port = 0;
  const config = () => ({ backend: "apcupsd", host: "127.0.0.1", port });
  const untilStatus = (metric: string, value: number) =>
    service.until(async () => (await service.collect(config())).value(metric, { ups: "Back-UPS" }) === value);

  beforeAll(async () => {
    nis = await serveNis(BACK_UPS);
    port = await service.port();
    const { folder } = service;
    const program = service.unpacked("apcupsd");
    mkdirSync(join(folder, "run"));
    const lines = [
      "## apcupsd.conf v1.1 ##",
      ...["UPSNAME rack", "UPSCABLE ether", "UPSTYPE net", `DEVICE 127.0.0.1:${nis.port}`, "POLLTIME 1"],
      ...[`LOCKFILE ${folder}/run`, `PWRFAILDIR ${folder}/run`, `NOLOGINDIR ${folder}/run`],
      ...[`SCRIPTDIR ${folder}/run`, `EVENTSFILE ${folder}/run/events`],
      ...["NETSERVER on", "NISIP 127.0.0.1", `NISPORT ${port}`, "UPSCLASS standalone", "UPSMODE disable"],
    ];
    writeFileSync(join(folder, "apcupsd.conf"), `${lines.join("\n")}\n`);
    // It asks this script what to do, also whether to shut the machine down: nothing.
    writeFileSync(join(folder, "run", "apccontrol"), "#!/bin/sh\nexit 99\n", { mode: 0o755 });
    const options = ["-b", "-f", join(folder, "apcupsd.conf"), "-P", join(folder, "run", "pid")];
    daemon = await service.start(join(program, "sbin", "apcupsd"), options, { port });
    await untilStatus("ups_on_line", 1);
  });
  afterAll(() => nis?.close());

  test("says what the daemon says of its UPS", async () => {
    // It asks the other daemon for one value after the other.
    await service.until(async () => {
      const seen = await service.collect(config());
      service.version(String(seen.inventory?.facts?.server));
      expect(seen.failure).toBeUndefined();
      expect(seen.value("ups_battery_charge_ratio")).toBe(1);
      expect(seen.value("ups_battery_runtime_seconds")).toBe(2_550);
      expect(seen.value("ups_input_voltage_volts")).toBe(231);
      expect(seen.value("ups_power_watts", { estimated: "true" })).toBeCloseTo(48.6);
      expect(seen.labels("ups_info")).toMatchObject({ model: "Back-UPS ES 700G", serial: "5B1234" });
      return true;
    });
  });

  test("counts the transfers to battery", async () => {
    const before = (await service.collect(config())).value("ups_transfers_total") ?? 0;
    nis.set("STATUS", "ONBATT ");
    nis.set("STATFLAG", "0x05060010");
    nis.set("BCHARGE", "41.0 Percent");
    await untilStatus("ups_on_battery", 1);
    await untilStatus("ups_transfers_total", before + 1);
    await untilStatus("ups_running_out", 1);
    nis.set("STATUS", "ONLINE ");
    nis.set("STATFLAG", "0x05000008");
    await untilStatus("ups_on_line", 1);
  });

  test("a UPS that the daemon has lost is one without contact, a daemon that ended is unreachable", async () => {
    nis.close();
    await untilStatus("ups_communication_ok", 0);
    await daemon.stop();
    expect((await service.collect(config())).failure?.reason).toBe("unreachable");
  });
});
