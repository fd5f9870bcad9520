import { describe, expect, test } from "vitest";
import type { Connection } from "../db/database";
import { createLog } from "../log";
import { createAskedDeeds } from "./asked-deeds";
import { openAlertBook } from "./book";
import { openRuleBook } from "./rule-book";
import type { Alert, Transition } from "./shapes/alert";

const NOW = 1_795_478_400_000;
const clock = { now: () => NOW, after: () => () => undefined };
const log = createLog("fatal");

const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  key: `r1\ni1\n${id}`,
  id,
  ruleId: "disk/disk_full",
  ruleName: "Disk full",
  instanceId: "i1",
  labels: { mount: 'it\'s \\ "/" ✓' },
  severity: "warning",
  summary: "{{mount}} is full",
  standing: { phase: "firing", since: NOW, at: NOW, heldMs: -1 },
  metric: "disk_used_ratio",
  value: 0.953,
  limit: 0.9,
  worst: 0.96,
  firedAt: NOW,
  acknowledged: null,
  snoozedUntil: null,
  fires: [NOW],
  channels: [],
  ruleLabels: {},
  ...more,
});
const change = (from: Transition["from"], to: Transition["to"], of: Alert, at = NOW): Transition => ({
  alert: { ...of, standing: { ...of.standing, phase: to, since: at, at } },
  from,
  to,
  at,
  cause: "measured",
});

/** What alerting remembers: the same on every database. `open` gives the same one each time. */
export function describeAlertBook(name: string, open: () => Promise<Connection>): void {
  const withConnection = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = await open();
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };
  const withBook = <T>(work: (book: ReturnType<typeof openAlertBook>) => Promise<T>) =>
    withConnection((connection) => work(openAlertBook(connection, { clock, log })));

  describe(`alerts on ${name}`, () => {
    test("what stands comes back as it was, and is gone once it is over", async () => {
      const [one, two] = [alert("a-1"), alert("a-2", { instanceId: "i2", value: null, limit: null, metric: null })];
      await withBook((book) => book.record([change("inactive", "firing", one), change("inactive", "firing", two)]));
      await withBook(async (book) => {
        const standing = await book.standing();
        expect(standing.map(({ id }) => id).toSorted()).toEqual(["a-1", "a-2"]);
        expect(await book.standing(["i1"])).toEqual([change("inactive", "firing", one).alert]);
        expect(await book.standing([])).toEqual([]);
        await book.record([change("firing", "resolved", two, NOW + 5)]);
        expect((await book.standing()).map(({ id }) => id)).toEqual(["a-1"]);
      });
    });

    test("what a person ended stays until its condition is over; what is over does not stand", async () => {
      const one = alert("d-1", { instanceId: "i-d" });
      const ended: Transition = { ...change("firing", "resolved", one), cause: "by_hand", actor: "anna", note: "gone" };
      await withBook((book) => book.record([change("inactive", "firing", one), ended]));
      await withBook(async (book) => {
        expect([await book.standing(["i-d"]), await book.find("d-1")]).toEqual([[], undefined]);
        expect(await book.kept(["i-d"])).toEqual([ended.alert]);
        expect((await book.history({ alertId: "d-1", limit: 1 }))[0]).toMatchObject({
          actor: "anna",
          details: { cause: "by_hand", note: "gone" },
        });
        await book.drop("d-1");
        expect(await book.kept(["i-d"])).toEqual([]);
      });
    });

    test("what is asked for in another process is there, in order, until it is done", async () => {
      await withConnection(async (connection) => {
        const table = createAskedDeeds(connection);
        const order = { kind: "acknowledge", by: "it's 100 % _anna_", note: "a\\b", until: "worse" } as const;
        const all = ["1", "2"].map((id) => ({ id, alertId: `a-${id}`, instanceId: "i1", at: NOW, order }));
        for (const one of all.toReversed()) await table.add(one);
        expect(await table.list()).toEqual(all);
        await connection.db.transaction(table.remove("1"));
        expect([await table.isThere("1"), await table.isThere("2"), (await table.list()).length]).toEqual([
          false,
          true,
          1,
        ]);
        await connection.db.transaction(table.remove("2"));
      });
    });

    test("the history has every change of what fired, newest first, and what people did", async () => {
      const one = alert("h-1", { instanceId: "i3" });
      const never = alert("h-2", { instanceId: "i3", firedAt: null });
      await withBook(async (book) => {
        await book.record([change("inactive", "pending", never), change("pending", "inactive", never)]);
        await book.record([change("inactive", "firing", one)]);
        await book.keep(one, {
          at: NOW + 1,
          alertId: one.id,
          ruleId: one.ruleId,
          instanceId: one.instanceId,
          event: "acknowledged",
          severity: one.severity,
          value: 0.97,
          limit: 0.9,
          actor: "anna ✓",
          details: {
            ruleName: one.ruleName,
            labels: one.labels,
            summary: one.summary,
            metric: one.metric,
            note: "a\0b",
          },
        });
        await book.record([change("firing", "resolved", one, NOW + 2)]);
        const all = await book.history({ instanceId: "i3", limit: 10 });
        expect(all.map(({ event, at, actor }) => [event, at, actor])).toEqual([
          ["resolved", NOW + 2, null],
          ["acknowledged", NOW + 1, "anna ✓"],
          ["firing", NOW, null],
        ]);
        expect(all[1]?.value).toBe(0.97);
        expect(all[2]?.details).toEqual({
          ruleName: "Disk full",
          labels: one.labels,
          summary: one.summary,
          metric: "disk_used_ratio",
          worst: 0.96,
          from: "inactive",
          cause: "measured",
        });
        const events = async (query: object) =>
          (await book.history({ instanceId: "i3", limit: 10, ...query })).map(({ event }) => event);
        expect(await events({ to: NOW + 2, limit: 1 })).toEqual(["acknowledged"]);
        expect(await events({ events: ["firing", "resolved"] })).toEqual(["resolved", "firing"]);
        expect(await events({ from: NOW + 1, severity: "warning", ruleId: "disk/disk_full" })).toHaveLength(2);
        expect(await events({ severity: "critical" })).toEqual([]);
        // As many as there may be, and none.
        const others = Array.from({ length: 2_000 }, (_, index) => `other-${index}`);
        expect(await events({ instanceIds: [...others, "i3"] })).toHaveLength(3);
        expect(await events({ instanceIds: others })).toEqual([]);
        expect(await events({ instanceIds: [] })).toEqual([]);
        await book.prune(NOW + 2);
        expect(await events({})).toEqual(["resolved"]);
      });
    });

    test("hundreds of changes at once, with what others want written along: all of it or nothing", async () => {
      const many = Array.from({ length: 350 }, (_, index) => alert(`m-${index}`, { instanceId: "i4" }));
      await withConnection(async (connection) => {
        const book = openAlertBook(connection, { clock, log });
        await book.record(
          many.map((one) => change("inactive", "firing", one)),
          [() => Promise.reject(new Error("not today"))],
        );
        const rows = await connection.db
          .select({ id: connection.schema.alertStates.id })
          .from(connection.schema.alertStates);
        expect(rows.filter(({ id }) => id.startsWith("m-"))).toEqual([]);
      });
      await withBook(async (book) => {
        await book.record(many.map((one) => change("inactive", "firing", one)));
        expect(await book.standing(["i4"])).toHaveLength(350);
        await book.record(many.map((one) => change("firing", "resolved", one, NOW + 1)));
        expect(await book.standing(["i4"])).toEqual([]);
        expect(await book.history({ instanceId: "i4", limit: 1_000 })).toHaveLength(700);
      });
    });

    test("rules and overrides come back in the order they were made", async () => {
      const rule = (title: string) => ({
        name: title,
        scope: { kind: "all" },
        parts: [{ kind: "value", metric: "disk_used_ratio", is: "above", limit: 0.9 }],
        severity: "warning",
        summary: "{{mount}}",
      });
      const openRules = (connection: Connection) => openRuleBook(connection, { clock, log, changed: () => undefined });
      const made = await withConnection(async (connection) => {
        const book = await openRules(connection);
        const [first] = [await book.create(rule("b")), await book.create(rule("a"))];
        const gone = await book.create(rule("c"));
        await book.update(first.id, { ...rule("z"), forSeconds: 60 });
        await book.remove(gone.id);
        await book.override({ rule: first.id, scope: { kind: "host", host: "nas" }, set: { limit: 0.95 } });
        await expect(book.create({ ...rule("d"), parts: [] })).rejects.toMatchObject({
          code: "invalid",
          field: "parts",
        });
        return { rules: book.rules(), overrides: book.overrides() };
      });
      expect(made.rules.map(({ name: title, forSeconds }) => [title, forSeconds])).toEqual([
        ["z", 60],
        ["a", 0],
      ]);
      await withConnection(async (connection) => {
        const book = await openRules(connection);
        expect({ rules: book.rules(), overrides: book.overrides() }).toEqual(made);
      });
    });
  });
}
