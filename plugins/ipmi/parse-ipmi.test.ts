import { expect, test } from "vitest";
import { parseChassis, parseDcmi, parseSupplies } from "./parse-ipmi";
import { parseSel, parseSelTime } from "./parse-sel";
import { parseLimits, parseSensors } from "./parse-sensors";

test.each([
  ["CPU Temp,42,degrees C,ok", { name: "CPU Temp", quantity: "temperature", value: 42, state: 0 }],
  ["Ambient,77,degrees F,ok", { name: "Ambient", quantity: "temperature", value: 25, state: 0 }],
  ["A, B,12.100,Volts,lnc", { name: "A, B", quantity: "voltage", value: 12.1, state: 1 }],
  ["FAN1,400,RPM,lcr", { name: "FAN1", quantity: "fan", value: 400, state: 2 }],
  ["Fan 2 DutyCycle,29.400,percent,ok", { name: "Fan 2 DutyCycle", quantity: "fanRatio", value: 0.294, state: 0 }],
  ["CPU Util,3,percent,ok", { name: "CPU Util", quantity: "other", value: 0.03, state: 0 }],
  ["FAN3,,,ns", { name: "FAN3", quantity: "other", value: undefined, state: 3 }],
  ["FAN4,no reading,RPM,ns", { name: "FAN4", quantity: "fan", value: undefined, state: 3 }],
])("%s", (line, sensor) => {
  expect(parseSensors(line)).toEqual([sensor]);
});

test.each([[""], ["no sensors"], [",1,Volts,ok"], ["a,b,c"]])("%j is no sensor", (line) => {
  expect(parseSensors(line)).toEqual([]);
});

test("limits are those of temperatures that have one", () => {
  const lines = [
    "CPU Temp,95.000,degrees C,cr,na,na,na,80.000,90.000,100.000",
    "FAN1,400.000,RPM,cr,300.000,500.000,700.000,na,na,na",
    "PCH Temp,41.000,degrees C,ok,na,na,na,na,na,na",
  ];
  expect(parseLimits(lines.join("\n"))).toEqual([{ name: "CPU Temp", celsius: 90 }]);
});

test.each([
  ["PS1 Status       | C8h | ok  | 10.1 | Presence detected", [{ name: "PS1 Status", isOk: true }]],
  ["PS2 | C9h | ok | 10.2 | Presence detected, Failure detected", [{ name: "PS2", isOk: false }]],
  ["PS2 | C9h | ok | 10.2 | Presence detected, Power Supply AC lost", [{ name: "PS2", isOk: false }]],
  ["PS3 | CAh | ns | 10.3 | Disabled", []],
  ["PS4 | CBh | ok | 10.4 | ", []],
])("%s", (line, supplies) => {
  expect(parseSupplies(line)).toEqual(supplies);
});

test("a chassis says what is wrong, and what it does not say is unknown", () => {
  const text =
    "System Power         : on\nDrive Fault          : true\nChassis Intrusion    : inactive\nPower Overload : maybe";
  expect(parseChassis(text)).toEqual({ isOn: true, faults: { drive: true, intrusion: false } });
  expect(parseChassis("System Power : unknown").isOn).toBeUndefined();
});

test.each([
  ["11/26/2026", "09:00:00 UTC", "2026-11-26T09:00:00Z"],
  ["01/02/23", "12:34:56", "2023-01-02T12:34:56Z"],
])("%s %s", (date, time, at) => {
  expect(parseSelTime(date, time)).toBe(Date.parse(at));
});

test.each([
  ["1,11/26/2026,09:00:00 UTC,Temperature CPU,Upper Critical going high,Asserted,Reading 95 > 90", true],
  ["2,11/26/2026,09:00:00 UTC,Temperature CPU,Upper Critical going high,Deasserted", false],
  ["3,11/26/2026,09:00:00 UTC,Temperature CPU,Upper Non-critical going high,Asserted", false],
  ["4,11/26/2026,09:00:00 UTC,Temperature CPU,Upper Non-recoverable going high,Asserted", true],
  ["5, Pre-Init ,0000056815,Power Supply PS1,Power Supply AC lost,Asserted", true],
  ["6,11/26/2026,09:00:00 UTC,Memory #0x10,Correctable ECC,Asserted", false],
  ["7,11/26/2026,09:00:00 UTC,Memory #0x10,Uncorrectable ECC,Asserted", true],
  ["8,11/26/2026,09:00:00 UTC,Event Logging Disabled SEL,Log area reset/cleared,Asserted", false],
])("%s", (line, isCritical) => {
  expect(parseSel(line)).toMatchObject([{ isCritical }]);
});

test("power of the whole machine", () => {
  expect(parseDcmi("    Instantaneous power reading:                   140 Watts\n")).toBe(140);
  expect(parseDcmi("DCMI request failed because: Invalid command (c1)")).toBeUndefined();
});
