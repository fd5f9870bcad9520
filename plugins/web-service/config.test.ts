import { expect, test } from "vitest";
import { z } from "zod";
import { config } from "./config";
import { listEndpoints } from "./endpoints";

const problems = (given: Record<string, unknown>) => {
  const parsed = config.safeParse(given);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

test("the address is all that a person must enter", () => {
  const form = z.toJSONSchema(config, { io: "input" });
  expect(form.required).toEqual(["address"]);
  expect(problems({ address: "https://nas.lab" })).toEqual([]);
});

test("every field has a title, and what is not folded away is little", () => {
  const fields = Object.entries(z.toJSONSchema(config, { io: "input" }).properties ?? {});
  const untitled = fields.filter(([, field]) => typeof field !== "object" || field.title === undefined);
  expect(untitled).toEqual([]);
  const shown = fields
    .filter(([, field]) => typeof field === "object" && field.advanced !== true)
    .map(([name]) => name);
  expect(shown).toEqual(["address", "kind", "expectedStatus", "mustContain"]);
});

test("shorthand and objects stand beside each other, with settings of their own", () => {
  const parsed = config.parse({
    address: "https://nas.lab",
    token: "abc",
    endpoints: ["db.lab:5432", { address: "https://www.nas.lab", method: "HEAD", expectedStatus: [204] }],
  });
  expect(listEndpoints(parsed).map(({ label, settings }) => [label, settings.method, settings.token])).toEqual([
    ["https://nas.lab", "GET", "abc"],
    ["tcp://db.lab:5432", "GET", undefined],
    ["https://www.nas.lab", "HEAD", undefined],
  ]);
});

test.each<[given: Record<string, unknown>, problem: RegExp]>([
  [{}, /^address: /],
  [{ address: "gopher://x" }, /^address: gopher:\/\/ cannot be probed/],
  [{ address: "a:1", endpoints: ["tcp://a:1"] }, /^endpoints\.0: There are two endpoints called tcp:\/\/a:1/],
  [{ address: "http://a", endpoints: [{ address: "http://b", password: "x" }] }, /^endpoints\.0\.username: /],
  [{ address: "http://a", mustContain: "/(a/" }, /^mustContain: The pattern has a \( without a \)/],
  [{ address: "http://a", jsonAssert: ["status is ok"] }, /^jsonAssert\.0: /],
  [{ address: "http://a", expectedStatus: ["2xx"] }, /^expectedStatus\.0: /],
  [{ address: "http://a", method: "HEAD", mustContain: "x" }, /^method: HEAD brings no content/],
  [{ address: "http://a", body: "{}" }, /^method: GET sends no body/],
  [{ address: "http://a", username: "u", token: "t" }, /^token: Use a user and password, or a token/],
  [{ address: "http://a", headers: { "x y": "1" } }, /^headers: "x y" is no header name/],
  [{ address: "http://a", headers: { x: "1\r\ny: 2" } }, /^headers: The header x has characters/],
  [{ address: "http://a", resolve: "nas.lab" }, /^resolve: /],
])("%j is refused", (given, problem) => {
  expect(problems(given).join("\n")).toMatch(problem);
});
