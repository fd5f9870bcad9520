import { describe, expect, test } from "vitest";
import { nobody, type Permission, type Visitor } from "../auth/visitor";
import { UnityError } from "../errors";
import { OTHER, OWN, openTwoGroups, TAG } from "../sight/test-two-groups";
import type { Unity } from "../unity";
import { appRouter } from "./router";
import { type Ids, PROCEDURE_INPUTS } from "./test-procedure-inputs";

type Group = Awaited<ReturnType<typeof openTwoGroups>>["own"];

const limited = (permissions: readonly Permission[], more: Partial<Visitor> = {}): Visitor => ({
  ...nobody(null),
  userId: "anna",
  name: "Anna",
  role: "viewer",
  via: "session",
  permissions: new Set(permissions),
  tags: [TAG, "nothing-has-this"],
  ...more,
});
const VIEWER = limited(["read"]);
const TOKEN = limited(["read", "respond", "edit"], { role: "editor", via: "token", credentialId: "token" });

interface Procedure {
  readonly type: "query" | "mutation" | "subscription";
  readonly meta?: { readonly access: string; readonly filtered?: boolean };
}
const PROCEDURES = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  // At run time every procedure by its path; by its type, routers within routers.
  const { type, meta } = (procedure as unknown as { readonly _def: Procedure })._def;
  return { path, type, access: meta?.access ?? "nobody", filtered: meta?.filtered ?? false };
});
const CALLED = PROCEDURES.filter(({ type }) => type !== "subscription");

/** What a visitor is told: the answer, or the error with everything that is sent of it. */
async function ask(unity: Unity, visitor: Visitor, { path, input }: { path: string; input: unknown }) {
  const caller: unknown = appRouter.createCaller({ unity, visitor });
  const call = path.split(".").reduce((at, name) => (at as Record<string, unknown>)[name], caller);
  try {
    return { answer: await (call as (input: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    const { code, message, cause } = error as { code: string; message: string; cause: unknown };
    const own = cause instanceof UnityError ? { reason: cause.code, field: cause.field, text: cause.message } : null;
    return { code, message, own };
  }
}

/** What the ids of a group's own things are. */
function idsOf(unity: Unity, { instance, alert }: Group, word: string): Ids {
  const first = (list: readonly { readonly id: string }[]) => list[0]?.id ?? "";
  return {
    instance: instance.id,
    plugin: "probe",
    alert,
    rule: first(unity.alerts.book.rules().filter(({ name }) => name === `${word}-RULE`)),
    override: first(unity.alerts.book.overrides().filter(({ note }) => note === `${word}-BECAUSE`)),
    silence: first(
      unity.muting.silences.all().flatMap(({ silence }) => (silence.name === `${word}-SILENCE` ? [silence] : [])),
    ),
    channel: first(unity.channels.book.list()),
    delivery: "none",
    person: "none",
    token: "none",
    host: instance.host,
    label: `${word}-PLACE`,
  };
}

/** Of nothing that there is. */
const NONE: Ids = {
  ...{ instance: "none", plugin: "probe", alert: "none", rule: "none", override: "none", silence: "none" },
  ...{ channel: "none", delivery: "none", person: "none", token: "none", host: "none", label: "none" },
};

test("of every procedure it is known how it is asked", () => {
  expect(
    PROCEDURES.map(({ path }) => path).sort(),
    "Add the inputs of a new procedure to test-procedure-inputs.ts: what it tells those who see only some tags is tested by them.",
  ).toEqual(Object.keys(PROCEDURE_INPUTS).sort());
});

describe.each([
  ["a viewer", VIEWER],
  ["a token that may respond and edit", TOKEN],
])("%s who sees only some tags", (_, visitor) => {
  test("learns nothing of what others have, whatever is asked and by whatever id", async () => {
    const { unity, own, other, others } = await openTwoGroups();
    const [seen, unseen] = [idsOf(unity, own, OWN), idsOf(unity, other, OTHER)];
    const ofOthers = unity.alerts.open().filter(({ instanceId }) => instanceId !== own.instance.id);
    const hidden = [...others, ...ofOthers].map(({ id }) => id).concat(unseen.rule, unseen.silence, unseen.channel);
    expect(Object.values({ ...seen, ...unseen })).not.toContain("");
    for (const { path } of CALLED) {
      const inputs = PROCEDURE_INPUTS[path];
      // What is not there first: it changes nothing.
      for (const input of [NONE, unseen, seen].flatMap((ids) => inputs?.(ids) ?? [])) {
        const said = JSON.stringify(await ask(unity, visitor, { path, input }));
        for (const word of [OTHER, ...hidden]) expect(said, path).not.toContain(word);
      }
    }
  });

  test("is told of what it does not see what it is told of what is not there", async () => {
    const { unity, other } = await openTwoGroups();
    const unseen = idsOf(unity, other, OTHER);
    for (const { path } of CALLED) {
      const inputs = (ids: Ids) => PROCEDURE_INPUTS[path]?.(ids) ?? [];
      const answers = (ids: Ids) => Promise.all(inputs(ids).map((input) => ask(unity, visitor, { path, input })));
      expect(await answers(unseen), path).toEqual(await answers(NONE));
    }
  });

  test("is refused what would tell of more, and nothing else that it may do", async () => {
    const { unity, own } = await openTwoGroups();
    for (const { path, access, filtered } of CALLED) {
      if (access === "everybody" || access === "self") continue;
      const [input] = PROCEDURE_INPUTS[path]?.(idsOf(unity, own, OWN)) ?? [];
      const said = await ask(unity, visitor, { path, input });
      const allowed = filtered && visitor.permissions.has(access as Permission);
      expect("code" in said && said.code === "FORBIDDEN", path).toBe(!allowed);
    }
  });
});

/** The queries whose answers name what is planted in a group's things, asked by its ids. */
async function listTelling(unity: Unity, visitor: Visitor, { ids, word }: { ids: Ids; word: string }) {
  const telling: string[] = [];
  for (const { path } of CALLED.filter(({ filtered, type }) => filtered && type === "query")) {
    const inputs = PROCEDURE_INPUTS[path]?.(ids) ?? [];
    const answers = await Promise.all(inputs.map((input) => ask(unity, visitor, { path, input })));
    if (JSON.stringify(answers).includes(word)) telling.push(path);
  }
  return telling;
}
/** It names plugins, and counts. */
const NAMELESS = "plugins.catalogue";
const NAMING = CALLED.filter(({ path, filtered, type }) => filtered && type === "query" && path !== NAMELESS).map(
  ({ path }) => path,
);

test("what one sees is told, by every query that may be asked", async () => {
  const { unity, own } = await openTwoGroups();
  expect(await listTelling(unity, VIEWER, { ids: idsOf(unity, own, OWN), word: OWN })).toEqual(NAMING);
});

test("what is hidden is there: who sees everything is told of it by the same queries", async () => {
  const { unity, other } = await openTwoGroups();
  const everybody = { ...VIEWER, tags: null };
  expect(await listTelling(unity, everybody, { ids: idsOf(unity, other, OTHER), word: OTHER })).toEqual(NAMING);
});
