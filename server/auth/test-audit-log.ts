import { describe, expect, test } from "vitest";
import type { Connection } from "../db/database";
import { type AuditLog, type AuditRecord, openAuditLog } from "./audit-log";
import { openClock, openLines, START } from "./test-clock";
import { nobody } from "./visitor";

const ANNA = { ...nobody("10.0.0.9"), userId: "anna-id", name: "Anna", via: "session" } as const;

/** The audit log in the database: the same on every one. `open` gives the same database each time. */
export function describeAuditLog(name: string, open: () => Promise<Connection>): void {
  describe(`the audit log on ${name}`, () => {
    interface House {
      readonly connection: Connection;
      readonly audit: AuditLog;
      readonly clock: ReturnType<typeof openClock>;
      readonly lines: ReturnType<typeof openLines>;
      note(more?: Partial<AuditRecord>): void;
      actions(query?: Partial<Parameters<AuditLog["list"]>[0]>): Promise<string[]>;
    }
    const within = async (work: (house: House) => Promise<void>) => {
      const connection = await open();
      const clock = openClock();
      const lines = openLines();
      try {
        await connection.db.delete(connection.schema.auditLog);
        const audit = openAuditLog(connection, { clock, log: lines.log });
        await work({
          ...{ connection, audit, clock, lines },
          note: (more) => audit.record({ who: ANNA, action: "channels.update", outcome: "done", ...more }),
          actions: async (query) => (await audit.list({ limit: 1_000, ...query })).map(({ action }) => action),
        });
      } finally {
        await connection.close();
      }
    };
    const stored = ({ db, schema }: Connection) => db.$count(schema.auditLog);

    test("what was done is there as it was told, whatever is in it", () =>
      within(async ({ audit }) => {
        const details = {
          changes: [{ path: "config.naïve\0", before: "\ud800", after: ["a", 1, null, true] }],
          token: "Script",
        };
        const subject = { id: "c1", name: "Pho✓ne 🧨" };
        audit.record({ who: ANNA, action: "channels.update", outcome: "done", subject, details });
        audit.record({ who: nobody(null), action: "sign-in", outcome: "failed" });
        const [failed, done] = await audit.list({ limit: 10 });
        expect(failed).toMatchObject({ actorId: null, actor: null, via: "none", address: null, details: {} });
        expect(failed).toMatchObject({ subjectId: null, subject: null, outcome: "failed", at: START });
        expect(done).toMatchObject({ actorId: "anna-id", actor: "Anna", via: "session", address: "10.0.0.9" });
        expect(done).toMatchObject({ action: "channels.update", subjectId: "c1", subject: "Pho✓ne 🧨" });
        // No database keeps these signs.
        expect(done?.details).toEqual({
          changes: [{ path: "config.naïve\ufffd", before: "\ufffd", after: ["a", 1, null, true] }],
          token: "Script",
        });
      }));

    test("nobody waits for it: it is written a moment later, together", () =>
      within(async ({ connection, clock, note }) => {
        for (let count = 0; count < 250; count += 1) note();
        expect(await stored(connection)).toBe(0);
        clock.pass(499);
        expect(await stored(connection)).toBe(0);
        clock.pass(1);
        await expect.poll(() => stored(connection)).toBe(250);
      }));

    test("names as long as anybody likes are cut", () =>
      within(async ({ audit, note }) => {
        const long = "🧨".repeat(500);
        const who = { ...ANNA, name: long, address: long };
        note({ who, action: "x".repeat(500), subject: { id: long, name: long } });
        const [entry] = await audit.list({ limit: 1 });
        for (const text of [entry?.actor, entry?.address, entry?.action, entry?.subjectId, entry?.subject])
          expect([...(text ?? "")].length).toBeLessThanOrEqual(191);
        expect(entry?.subject?.startsWith("🧨🧨")).toBe(true);
      }));

    test("it is asked by who, what, how it ended and since when", () =>
      within(async ({ actions, clock, note }) => {
        note({ action: "channels.create" });
        clock.pass(1_000);
        note({ action: "channels.remove", outcome: "refused", who: { ...ANNA, userId: "bert-id", name: "Bert" } });
        clock.pass(1_000);
        note({ action: "channelsOther.create" });
        note({ action: "sign-in" });
        expect(await actions({ action: "channels" })).toEqual(["channels.remove", "channels.create"]);
        expect(await actions({ action: "channels.create" })).toEqual(["channels.create"]);
        expect(await actions({ action: "sign-in" })).toEqual(["sign-in"]);
        expect(await actions({ outcome: "refused" })).toEqual(["channels.remove"]);
        expect(await actions({ actor: "Bert" })).toEqual(["channels.remove"]);
        expect(await actions({ actor: "bert-id" })).toEqual(["channels.remove"]);
        expect(await actions({ since: START + 1_000, actor: "Anna" })).toEqual(["sign-in", "channelsOther.create"]);
      }));

    test("page by page, newest first, each line is there once", () =>
      within(async ({ audit, clock, note }) => {
        for (let count = 0; count < 23; count += 1) {
          note({ action: `a${count}` });
          // Many have the same instant.
          if (count % 5 === 0) clock.pass(1);
        }
        const seen: string[] = [];
        let before: { at: number; id: string } | undefined;
        for (;;) {
          const page = await audit.list({ before, limit: 4 });
          seen.push(...page.map(({ action }) => action));
          before = page.at(-1);
          if (page.length < 4) break;
        }
        expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => `a${22 - index}`));
      }));

    test("what is too old goes", () =>
      within(async ({ audit, clock, note, actions }) => {
        note({ action: "old" });
        clock.pass(1_000);
        note({ action: "new" });
        await audit.list({ limit: 1 });
        await audit.prune(START + 1_000);
        expect(await actions()).toEqual(["new"]);
      }));

    test("a flood of refusals is counted, and keeps nothing else from being written", () =>
      within(async ({ audit, clock, note }) => {
        for (let count = 0; count < 5_000; count += 1) note({ action: "plugins.remove", outcome: "refused" });
        note({ action: "channels.create" });
        note({ action: "sign-in", outcome: "failed" });
        const first = await audit.list({ limit: 1_000 });
        expect(first.filter(({ outcome }) => outcome === "refused")).toHaveLength(20);
        expect(first.filter(({ outcome }) => outcome !== "refused")).toHaveLength(2);
        clock.pass(200_000);
        note({ action: "plugins.remove", outcome: "refused" });
        note({ action: "plugins.remove", outcome: "refused" });
        expect((await audit.list({ limit: 1 }))[0]?.details).toEqual({ unrecorded: 4_980 });
        await audit.prune(0);
        const [last] = await audit.list({ limit: 1 });
        expect(last).toMatchObject({ action: "refusals", outcome: "refused", details: { unrecorded: 1 } });
      }));

    test("the end writes what waits; what comes after it is said in the log as a whole", () =>
      within(async ({ audit, connection, lines, note }) => {
        note({ action: "last" });
        await audit.close();
        expect([await stored(connection), lines.instead()]).toEqual([1, []]);
        note({ action: "too late", details: { reason: "x" } });
        expect(lines.lines.map(({ audit: entry }) => entry)).toMatchObject([
          { action: "too late", actor: "Anna", details: { reason: "x" } },
        ]);
      }));

    test("what the next start reads is what this one wrote", () =>
      within(async ({ audit, connection, note, lines, clock }) => {
        note({ action: "kept" });
        await audit.close();
        const again = openAuditLog(connection, { clock, log: lines.log });
        expect((await again.list({ limit: 5 })).map(({ action }) => action)).toEqual(["kept"]);
      }));
  });
}
