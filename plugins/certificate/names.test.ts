import { expect, test } from "vitest";
import { splitNames } from "./names";

test.each([
  ["", []],
  ["DNS:nas.lab", ["nas.lab"]],
  ["DNS:nas.lab, DNS:*.nas.lab, IP Address:10.0.0.5", ["nas.lab", "*.nas.lab", "10.0.0.5"]],
  ['DNS:"evil.lab, DNS:good.lab", DNS:b', ['"evil.lab, DNS:good.lab"', "b"]],
  ['URI:"http://x/\\", DNS:y"', ['"http://x/\\", DNS:y"']],
])("%j has the names %j", (text, names) => {
  expect(splitNames(text)).toEqual(names);
});
