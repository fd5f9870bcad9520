import { expect, test } from "vitest";
import { parseChrony, parseTimesyncd } from "./parse-clock";

const tracking = (offset: string, leap = "Normal") =>
  `7F000001,127.0.0.1,2,1795629994.207312079,${offset},0.000005256,0.000334960,-42.102,0.078,133.355,0.001,0.0004,1.0,${leap}\n`;

test.each([
  // chrony writes how much our clock is slow, so a positive number is a clock behind.
  [tracking("5.000327587"), -5.000327587],
  [tracking("-0.000012000"), 0.000012],
  [tracking("0.5", "Insert second"), -0.5],
  [tracking("0.000000000", "Not synchronised"), undefined],
  [tracking("soon"), undefined],
  ["506 Cannot talk to daemon\n", undefined],
  ["", undefined],
])("reads chrony's %j", (text, seconds) => {
  expect(parseChrony(text)).toBe(seconds);
});

test.each([
  ["       Offset: +1.250ms", -0.00125],
  ["       Offset: -811us", 0.000811],
  ["       Offset: +2.5s", -2.5],
  ["       Offset: -1min 2.5s", 62.5],
  ["       Offset: +1h 1min", -3_660],
  ["       Offset: +0", 0],
  ["       Offset: +soon", undefined],
  ["       Offset: 1ms", undefined],
  ["Packet count: 0", undefined],
])("reads timesyncd's %j", (line, seconds) => {
  const offset = parseTimesyncd(`       Server: 10.0.0.1 (ntp.lab)\n${line}\n        Delay: 1ms\n`);
  if (seconds === undefined) expect(offset).toBeUndefined();
  else expect(offset).toBeCloseTo(seconds, 9);
});
