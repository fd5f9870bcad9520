import { expect, test } from "vitest";
import { parseCards } from "./parse-nvidia";

test("reads a card, also one whose name has commas", () => {
  const { cards, malformed } = parseCards("0, NVIDIA T400, 4GB, 38, 45, 11.5, 7, 2, 4096\r\n");
  expect(malformed).toBe(0);
  expect(cards).toEqual([
    {
      index: 0,
      name: "NVIDIA T400, 4GB",
      celsius: 38,
      fanRatio: 0.45,
      watts: 11.5,
      utilizationRatio: 0.07,
      usedBytes: 2 * 1_048_576,
      totalBytes: 4_096 * 1_048_576,
    },
  ]);
});

test.each(["[N/A]", "N/A", "[Not Supported]", "[Unknown Error]", "ERR!", "", "-1", "0x10", "1e9"])(
  "%j is no number",
  (word) => {
    const [card] = parseCards(`1, Tesla P4, ${Array.from({ length: 6 }, () => word).join(", ")}`).cards;
    expect(Object.values(card ?? {}).filter((value) => value !== undefined)).toEqual([1, "Tesla P4"]);
  },
);

test("counts lines of another shape, and a card without a name has its number", () => {
  const { cards, malformed } = parseCards(
    "No devices were found\n0, x\na, b, 1, 2, 3, 4, 5, 6\n2, , 1, 2, 3, 4, 5, 6\n",
  );
  expect(malformed).toBe(3);
  expect(cards.map(({ name }) => name)).toEqual(["GPU 2"]);
});
