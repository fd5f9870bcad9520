import { expect, test } from "vitest";
import { startProgress, toBytes } from "./progress";

function record(isTTY: boolean) {
  const clock = { at: 0 };
  const written: string[] = [];
  const screen = { isTTY, columns: 100, write: (text: string) => written.push(text) };
  const progress = startProgress(screen, {
    title: "export",
    total: 100_000,
    done: ({ samples }) => 20_000 + samples,
    now: () => clock.at,
  });
  return { clock, written, progress };
}

test("a log gets a line every ten seconds, with what is left by the pace of this run", () => {
  const { clock, written, progress } = record(false);
  for (clock.at = 1_000; clock.at <= 21_000; clock.at += 1_000) progress.add(1_000, 2_500);
  expect(written).toEqual([
    "export:  30 %, 10,000 samples, 1,000/s, 25 KB, 01:10 left\n",
    "export:  40 %, 20,000 samples, 1,000/s, 50 KB, 01:00 left\n",
  ]);
});

test("a terminal gets one line that changes every second", () => {
  const { clock, written, progress } = record(true);
  for (clock.at = 500; clock.at <= 2_000; clock.at += 500) progress.add(1_000, 2_500);
  progress.end();
  expect(written.map((text) => text.trim())).toEqual([
    "export:  22 %, 2,000 samples, 2,000/s, 5 KB, 00:39 left",
    "export:  24 %, 4,000 samples, 2,000/s, 10 KB, 00:38 left",
    "export: 4,000 samples, 1,600/s, 10 KB in 00:03",
  ]);
  expect(written.every((text) => text.startsWith("\r"))).toBe(true);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [12_345, "12 KB"],
  [12_345_678, "12.3 MB"],
  [9.9e13, "99 TB"],
])("%d bytes are %s", (bytes, text) => {
  expect(toBytes(bytes)).toBe(text);
});
