import { expect, test } from "vitest";
import { appRouter } from "@/server/trpc/router";
import { deedWords, KINDS } from "./deed-words";

const plain = { actorId: "a1", details: {} };
interface Procedure {
  readonly _def: { readonly type: string };
}
const MUTATIONS = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
  .filter(([, { _def }]) => _def.type === "mutation")
  .map(([path]) => path);

test("everything that changes something has words, and a kind to find it by", () => {
  expect(MUTATIONS.length).toBeGreaterThan(30);
  const silent = MUTATIONS.filter((action) => deedWords({ ...plain, action, outcome: "done" }).startsWith("Called "));
  expect(silent).toEqual([]);
  const strays = MUTATIONS.filter((action) => !KINDS.some(({ value }) => action.startsWith(`${value}.`)));
  expect(strays).toEqual([]);
});

test("what was refused or failed was only tried", () => {
  const change = { ...plain, action: "channels.update" };
  expect(deedWords({ ...change, outcome: "done" })).toBe("Changed the channel");
  expect(deedWords({ ...change, outcome: "refused" })).toBe("Tried to change the channel");
  expect(deedWords({ ...change, outcome: "failed" })).toBe("Tried to change the channel");
});

test("what is no procedure has words as well", () => {
  expect(deedWords({ ...plain, action: "backup.download", outcome: "done" })).toBe("Took a backup");
  expect(deedWords({ ...plain, action: "backup.download", outcome: "refused" })).toBe("Tried to take a backup");
  expect(deedWords({ ...plain, action: "other-site", outcome: "refused" })).toBe(
    "Tried to send from another site's page to",
  );
});

test("what an assistant did says by which tool", () => {
  expect(deedWords({ ...plain, action: "mcp.get_instance", outcome: "done" })).toBe(
    "Had an assistant use get_instance",
  );
  expect(deedWords({ ...plain, action: "mcp.bundle", outcome: "failed" })).toBe(
    "Tried to have an assistant use bundle",
  );
  expect(deedWords({ ...plain, action: "mcp", outcome: "refused" })).toBe("Tried to come in as an assistant");
});

test("half a sign-in is none", () => {
  const half = {
    action: "sign-in",
    outcome: "done",
    actorId: null,
    details: { facts: { "second factor": "asked for" } },
  };
  expect(deedWords({ ...half, outcome: "done" })).toBe("Gave the right password, without the code yet");
  expect(deedWords({ ...plain, action: "sign-in", outcome: "done" })).toBe("Signed in");
});

test("a look that was refused, and what only another version knows, can be read too", () => {
  expect(deedWords({ ...plain, action: "people.list", outcome: "refused" })).toBe("Tried to look at people");
  expect(deedWords({ ...plain, action: "audit.list", outcome: "refused" })).toBe("Tried to look at the audit log");
  expect(deedWords({ ...plain, action: "things.make", outcome: "done" })).toBe("Called things.make");
  expect(deedWords({ ...plain, action: "constructor", outcome: "refused" })).toBe("Tried to look at constructor");
});
