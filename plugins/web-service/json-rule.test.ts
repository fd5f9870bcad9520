import { expect, test } from "vitest";
import { judgeJson, parseJsonRule } from "./json-rule";

const answer = { status: "ok", list: [{ size: 3 }], "a/b": 1, "m~n": 2, text: "7", none: null, on: true };

test.each([
  ["/status = ok", undefined],
  ['/status == "ok"', undefined],
  ["/status != down", undefined],
  ["/status eq down", '/status is "ok" instead of "down"'],
  ["/list/0/size > 2", undefined],
  ["/list/0/size < 3", "/list/0/size is 3, not below 3"],
  ["/list/1/size > 2", "/list/1/size is not there"],
  ["/list/length exists", "/list/length is not there"],
  ["/list/00 exists", "/list/00 is not there"],
  ["/a~1b = 1", undefined],
  ["/m~0n = 2", undefined],
  ["/text gt 6", undefined],
  ["/text = 7", undefined],
  ["/status > 2", '/status is "ok", not above 2'],
  ["/none exists", undefined],
  ["/none = null", undefined],
  ["/on = true", undefined],
  ["/gone != x", undefined],
  ["/gone exists", "/gone is not there"],
  ["/__proto__ exists", "/__proto__ is not there"],
  ["/constructor/name exists", "/constructor/name is not there"],
])("%s", (text, expected) => {
  const rule = parseJsonRule(text);
  expect(rule && judgeJson(answer, rule)).toBe(expected);
  expect(rule).toBeDefined();
});

test.each(["status = ok", "/status", "/status is ok", "/status =", "/status exists ok", ""])(
  "%j is no rule",
  (text) => {
    expect(parseJsonRule(text)).toBeUndefined();
  },
);
