import { expect, test } from "vitest";
import type { RulePreview } from "@/components/data/outputs";
import { NEW_PART } from "./rule-form";
import { placesOf, saidNow } from "./said-now";

const units = { used: { unit: "ratio", ownUnit: "ratio", kind: "gauge" } };
const parts = [{ kind: "value", metric: "used", where: [], take: { kind: "last" }, is: "above", limit: 0.9 }] as const;
const preview = {
  total: 1,
  holding: 1,
  lines: [{ part: 0, instanceName: "nas", host: "box", labels: { mount: "<b>/srv</b>" }, value: 0.95, limit: 0.9 }],
} as unknown as RulePreview;
const say = (summary: string, of: RulePreview | undefined = preview) =>
  saidNow(summary, of, { parts: parts.map((part) => ({ ...part, where: [] })), units });

test("places are filled in with what stands first, and hostile names stay text", () => {
  expect(say("{{instance}} {{ mount }} on {{host}}: {{value}} of {{limit}}, {{nothing}}")).toBe(
    "nas <b>/srv</b> on box: 95% of 90%, [nothing]",
  );
  expect(saidNow("{{value}}", undefined, { parts: [], units })).toBe("[value]");
});

test("labels that no place can name are not offered", () => {
  const metrics = [{ metric: "used", labels: ["mount", "odd-name"] }] as unknown as Parameters<typeof placesOf>[1];
  expect(placesOf({ parts: [{ ...NEW_PART, metric: "used" }] }, metrics)).toEqual([
    ...["instance", "host", "value", "limit"],
    "mount",
  ]);
});
