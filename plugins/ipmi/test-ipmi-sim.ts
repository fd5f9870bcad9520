import { createSocket } from "node:dgram";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers";
import { setTimeout as pause } from "node:timers/promises";
import type { Service } from "../../scripts/services/service";
import type { Running } from "../../scripts/services/start-process";

export interface IpmiSim {
  readonly port: number;
  readonly process: Running;
  /** Sets the raw value of a sensor; the simulator looks every half second. */
  set(sensor: SensorName, raw: number): void;
  /** Sets a bit of the power supply's sensor: 0 present, 1 failed, 3 without input. */
  setSupplyBit(bit: number, isSet: boolean): Promise<void>;
}

interface FullSensor {
  readonly file: string;
  readonly name: string;
  readonly type: number;
  readonly unit: number;
  /** The value is the raw one times this, by a power of ten. */
  readonly times: number;
  readonly exponent: number;
  readonly entity: number;
  /** Raw: lower non-recoverable, critical, non-critical; upper non-critical, critical, non-recoverable. */
  readonly limits: readonly [...(number | null)[]];
  readonly raw: number;
}
type SensorName = "cpu" | "system" | "fan" | "volts" | "watts";

const NONE = [null, null, null, null, null, null];
const SENSORS: Readonly<Record<SensorName, FullSensor>> = {
  cpu: {
    file: "cpu",
    name: "CPU Temp",
    type: 1,
    unit: 1,
    times: 1,
    exponent: 0,
    entity: 3,
    limits: [null, null, null, 80, 90, 100],
    raw: 42,
  },
  system: {
    file: "system",
    name: "Sys, Temp",
    type: 1,
    unit: 1,
    times: 1,
    exponent: 0,
    entity: 7,
    limits: [null, null, null, 60, 70, 80],
    raw: 31,
  },
  fan: {
    file: "fan",
    name: "FAN1",
    type: 4,
    unit: 0x12,
    times: 100,
    exponent: 0,
    entity: 0x1d,
    limits: [3, 5, 7, null, null, null],
    raw: 12,
  },
  volts: {
    file: "volts",
    name: "12V",
    type: 2,
    unit: 4,
    times: 1,
    exponent: -1,
    entity: 7,
    limits: [100, 105, 110, 130, 135, 140],
    raw: 121,
  },
  watts: {
    file: "watts",
    name: "PSU Power",
    type: 0x0b,
    unit: 6,
    times: 4,
    exponent: 0,
    entity: 0x0a,
    limits: NONE,
    raw: 31,
  },
};
const SUPPLY = 6;

/** OpenIPMI's simulator of a BMC, with five sensors and a power supply. The user `unity` has the password `s3cret`. */
export async function startIpmiSim(service: Service): Promise<IpmiSim> {
  const { folder } = service;
  const [port, console] = [await service.port(), await service.port()];
  mkdirSync(join(folder, "state"));
  const set: IpmiSim["set"] = (sensor, raw) => writeFileSync(join(folder, SENSORS[sensor].file), `${raw}\n`);
  for (const [name, { raw }] of Object.entries(SENSORS)) set(name as SensorName, raw);
  writeFileSync(join(folder, "lan.conf"), lanLines(port, console));
  writeFileSync(join(folder, "sim.emu"), emulationLines(folder));
  const files = ["-c", join(folder, "lan.conf"), "-f", join(folder, "sim.emu"), "-s", join(folder, "state")];
  const process = await service.start("ipmi_sim", [...files, "-n"], { ready: () => answers(port) });
  const command = await openConsole(console);
  return {
    port,
    process,
    set,
    setSupplyBit: (bit, isSet) => command(`sensor_set_bit 0x20 0 ${SUPPLY} ${bit} ${Number(isSet)} 0`),
  };
}

/** The simulator says nothing when it is up; a question without a session is answered then. */
function answers(port: number): Promise<boolean> {
  const socket = createSocket("udp4");
  return new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), 500);
    socket.on("error", () => resolve(false)).on("message", () => resolve(true));
    socket.send(Buffer.from("0600ff07000000000000000000092018c88100388e04b5", "hex"), port, "127.0.0.1");
  }).finally(() => socket.close());
}

function lanLines(port: number, console: number): string {
  const auths = ["callback", "user", "operator", "admin"].map(
    (level) => `    allowed_auths_${level} none md2 md5 straight`,
  );
  return [
    'name "unitybmc"',
    "set_working_mc 0x20",
    `  console 127.0.0.1 ${console}`,
    "  startlan 1",
    `    addr 127.0.0.1 ${port}`,
    "    priv_limit admin",
    ...auths,
    "    guid a123456789abcdefa123456789abcdef",
    "  endlan",
    '  user 1 true "" "test" user 10 none md2 md5 straight',
    '  user 2 true "unity" "s3cret" admin 10 none md2 md5 straight',
    "",
  ].join("\n");
}

function emulationLines(folder: string): string {
  const lines = [
    "mc_setbmc 0x20",
    "mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02",
    "sel_enable 0x20 1000 0x0a",
  ];
  for (const [index, sensor] of Object.values(SENSORS).entries()) {
    const number = index + 1;
    const [lnr, lc, lnc, unc, uc, unr] = sensor.limits;
    // The simulator writes the flags from the highest limit to the lowest.
    const settable = [unr, uc, unc, lnr, lc, lnc].map((limit) => (limit === null ? 0 : 1)).join("");
    const values = [unr, uc, unc, lnr, lc, lnc].map((limit) => limit ?? 0).join(" ");
    lines.push(`sensor_add 0x20 0 ${number} ${sensor.type} 1 poll 500 file "${join(folder, sensor.file)}"`);
    lines.push(`sensor_set_threshold 0x20 0 ${number} settable ${settable} ${values}`);
    lines.push(scanning(number));
    lines.push(fullRecord(number, sensor));
  }
  lines.push(`sensor_add 0x20 0 ${SUPPLY} 0x08 0x6f`, scanning(SUPPLY));
  lines.push(`sensor_set_bit 0x20 0 ${SUPPLY} 0 1 0`, compactRecord());
  return `${[...lines, "mc_enable 0x20"].join("\n")}\n`;
}

/** Every event is logged when it comes, and none when it goes. */
function scanning(number: number): string {
  const [ones, zeros] = ["1".repeat(15), "0".repeat(15)];
  return `sensor_set_event_support 0x20 0 ${number} enable scanning per-state ${ones} ${zeros} ${ones} ${zeros}`;
}

/** IPMI 2.0, table 43-1: a record with conversion and limits. */
function fullRecord(number: number, { name, type, unit, times, exponent, entity, limits }: FullSensor): string {
  const [lnr, lc, lnc, unc, uc, unr] = limits.map((limit) => limit ?? 0);
  const mask = [2, 1, 0, 3, 4, 5].reduce((sum, bit, index) => (limits[index] === null ? sum : sum | (1 << bit)), 0);
  const body = [
    ...[0x20, 0, number, entity, 1, 0x7f, 0x68, type, 1, 0, 0, 0, 0, mask, mask],
    ...[0, unit, 0, 0, times & 0xff, (times >> 8) << 6, 0, 0, 0, (exponent & 0xf) << 4],
    ...[1, 0, 0xff, 0, 0xff, 0, unr, uc, unc, lnr, lc, lnc, 2, 2, 0, 0, 0],
  ];
  return record(number, 1, body, name);
}

/** IPMI 2.0, table 43-2: a sensor that has states only. */
function compactRecord(): string {
  const body = [
    0x20,
    0,
    SUPPLY,
    0x0a,
    1,
    0x7f,
    0x40,
    0x08,
    0x6f,
    0,
    0,
    0,
    0,
    0xff,
    0,
    0xc0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  return record(SUPPLY, 2, body, "PS1 Status");
}

function record(number: number, type: number, body: readonly (number | undefined)[], name: string): string {
  const bytes = [...body, 0xc0 | name.length, ...Buffer.from(name)];
  const all = [number, 0, 0x51, type, bytes.length, ...bytes];
  return `main_sdr_add 0x20 ${all.map((byte) => `0x${(byte ?? 0).toString(16).padStart(2, "0")}`).join(" ")}`;
}

/** The simulator's console takes the same lines as its file. It stays open: the simulator does not bear that it is closed. */
async function openConsole(port: number): Promise<(line: string) => Promise<void>> {
  const socket = connect(port, "127.0.0.1");
  let said = "";
  socket
    .on("error", () => {})
    .on("data", (data) => {
      said += data.toString("latin1");
    });
  socket.unref();
  return async (line) => {
    said = "";
    socket.write(`${line}\r\n`);
    for (let tries = 0; tries < 100 && !/\n>\s*$/.test(said); tries += 1) await pause(20);
    if (/invalid|error/i.test(said)) throw new Error(`ipmi_sim said: ${said}`);
  };
}
