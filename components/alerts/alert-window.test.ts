import { expect, test } from "vitest";
import { alertWindow } from "./alert-window";

const MINUTE_MS = 60_000;
const NOW = 100_000 * MINUTE_MS;
const ago = (minutes: number) => NOW - minutes * MINUTE_MS;

test.each([
  [
    { began: ago(0), ended: null },
    { kind: "last", ms: 30 * MINUTE_MS },
  ],
  [
    { began: ago(120), ended: null },
    { kind: "last", ms: 180 * MINUTE_MS },
  ],
  [
    { began: ago(200), ended: ago(100) },
    { kind: "fixed", from: ago(250), to: ago(50) },
  ],
  [
    { began: ago(200), ended: ago(198) },
    { kind: "fixed", from: ago(215), to: ago(183) },
  ],
  [
    { began: ago(20), ended: ago(1) },
    { kind: "fixed", from: ago(35), to: NOW },
  ],
])("%j is seen in %j", (alert, range) => {
  expect(alertWindow({ ...alert, at: NOW })).toEqual(range);
});
