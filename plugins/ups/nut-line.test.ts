import { expect, test } from "vitest";
import { splitLine } from "./nut-line";

test.each<[line: string, words: string[]]>([
  ['UPS ups "A Back-UPS"', ["UPS", "ups", "A Back-UPS"]],
  ['VAR ups ups.model "He said \\"hi\\" \\\\ left"', ["VAR", "ups", "ups.model", 'He said "hi" \\ left']],
  ['VAR ups ups.serial ""', ["VAR", "ups", "ups.serial", ""]],
  ["  BEGIN   LIST UPS ", ["BEGIN", "LIST", "UPS"]],
  ["ERR DATA-STALE", ["ERR", "DATA-STALE"]],
  ['VAR ups a "never ends', ["VAR", "ups", "a", "never ends"]],
  ["a\\", ["a"]],
  ["", []],
])("splits %s", (line, words) => {
  expect(splitLine(line)).toEqual(words);
});
