import { expect, test } from "vitest";
import { parseSize } from "./parse-size";

test.each([
  ["9.5 G", 9.5 * 1_024 ** 3],
  ["512 MB", 512 * 1_024 ** 2],
  ["0 ", 0],
  ["3T", 3 * 1_024 ** 4],
  ["", undefined],
  ["many", undefined],
  ["-1 G", undefined],
])("reads %j", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});
