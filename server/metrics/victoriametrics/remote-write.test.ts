import { uncompress } from "snappyjs";
import { expect, test } from "vitest";
import { createRequestWriter } from "./remote-write";

test("a request has each series once, its labels, then its samples, byte for byte as prometheus/prompb has it", () => {
  const write = createRequestWriter((series) => [["__name__", `m${series}`]]);
  const body = write({ series: [7, 8, 7], at: [300, 1_000, 1_000], value: [1.5, -0, 2] });
  const label = (last: string) => `0a0e 0a08 5f5f6e616d655f5f 1202 6d${last}`;
  const expected = [
    `0a2c ${label("37")} 120c 09 000000000000f83f 10 ac02 120c 09 0000000000000040 10 e807`,
    `0a1e ${label("38")} 120c 09 0000000000000080 10 e807`,
  ];
  expect(Buffer.from(uncompress(body)).toString("hex")).toBe(expected.join("").replaceAll(" ", ""));
});

test("instants of today, which want more than 32 bits, are whole", () => {
  const body = createRequestWriter(() => [])({ series: [1], at: [1_795_526_225_000], value: [0] });
  const hex = Buffer.from(uncompress(body)).toString("hex");
  const varint = Buffer.from(hex.slice(-12), "hex");
  expect(varint.reduce((sum, byte, index) => sum + (byte & 0x7f) * 2 ** (7 * index), 0)).toBe(1_795_526_225_000);
});
