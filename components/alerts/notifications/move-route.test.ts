import { expect, test } from "vitest";
import { hiddenBehind, moveRoute } from "./move-route";
import { makeRoute } from "./test-route";

const routes = ["a", "b", "c"].map((id) => makeRoute({ id }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join("");

test.each([
  ["b", -1, "bac"],
  ["b", 1, "acb"],
  ["a", -1, "abc"],
  ["c", 1, "abc"],
  ["gone", 1, "abc"],
] as const)("%s moved by %i gives %s", (id, by, order) => {
  expect(ids(moveRoute(routes, id, by))).toBe(order);
});

test("a route behind one that takes all is never reached", () => {
  const { match } = makeRoute();
  const all = makeRoute({ id: "all" });
  const night = makeRoute({ id: "night", match: { ...match, hosts: ["nas"] } });
  expect(hiddenBehind([all, night], "night")?.id).toBe("all");
  expect(hiddenBehind([night, all], "all")).toBeUndefined();
  expect(hiddenBehind([{ ...all, continue: true }, night], "night")).toBeUndefined();
  expect(hiddenBehind([{ ...all, enabled: false }, night], "night")).toBeUndefined();
  const critical = { ...all, match: { ...match, severity: "critical" as const } };
  expect(hiddenBehind([critical, night], "night")).toBeUndefined();
});
