import { expect, test } from "vitest";
import { addressProblem } from "./address-problem";

test.each(["", "  ", "https://hc-ping.com/1", " http://127.0.0.1:80/beat "])("%j may stand", (typed) => {
  expect(addressProblem(typed)).toBeNull();
});

test.each(["hc-ping.com", "ftp://host", "https://", "javascript:alert(1)", "http://a b"])("%j may not", (typed) => {
  expect(addressProblem(typed)).toMatch(/begins with https/);
});
