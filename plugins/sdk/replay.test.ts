import { expect, test } from "vitest";
import { z } from "zod";
import { Case } from "./golden-case";
import { definePlugin } from "./plugin";
import { replayCase } from "./replay";

/** Asks one address with two bodies at once and a header, and tells what came. */
const plugin = definePlugin({
  id: "story",
  name: "Story",
  summary: "Tells what it was answered.",
  category: "system",
  tier: 0,
  kind: "network",
  intervalSeconds: 10,
  config: z.object({}),
  metrics: {},
  alerts: [],
  board: [],
  collect: async ({ fetch }, report) => {
    const ask = (body: string) => fetch("http://nas.lab/rpc", { method: "POST", body, headers: { "X-Key": "k" } });
    const answers = await Promise.all([ask("one"), ask("two")]);
    report.inventory({ facts: { told: answers.map(({ body }) => body).join(" ") } });
  },
});
const replay = async (http: unknown) => replayCase(plugin, Case.parse({ about: "x", world: { http }, expect: {} }));
const request = { method: "POST", url: "http://nas.lab/rpc" };

test("a request's body chooses its answer", async () => {
  const { inventory } = await replay([
    { request: { ...request, body: "two" }, answer: { body: "2" } },
    { request: { ...request, body: "one" }, answer: { body: "1" } },
  ]);
  expect(inventory?.facts?.told).toBe("1 2");
});

test("without a body in the case, any body is answered, in turn", async () => {
  const { inventory } = await replay([
    { request, answer: { body: "1" } },
    { request, answer: { body: "2" } },
  ]);
  expect(inventory?.facts?.told).toBe("1 2");
});

test("a body that the case does not have is a failure", async () => {
  const { failure } = await replay([{ request: { ...request, body: "one" }, answer: { body: "1" } }]);
  expect(failure?.message).toContain("The case has no answer for POST http://nas.lab/rpc two.");
});

test("headers that stand in the case must be sent", async () => {
  const asked = (headers: Record<string, string>) => replay([{ request: { ...request, headers }, answer: {} }]);
  expect((await asked({ "x-key": "k" })).failure).toBeUndefined();
  expect((await asked({ "x-key": "other" })).failure?.message).toContain("asked with x-key: other, the plugin sent k");
});
