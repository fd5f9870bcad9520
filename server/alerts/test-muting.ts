import { describe, expect, test } from "vitest";
import type { Connection } from "../db/database";
import { createLog } from "../log";
import { openMuting } from "./muted";
import type { Alert } from "./shapes/alert";
import type { Place } from "./silence-match";

const MINUTE = 60_000;
const START = Date.parse("2026-10-24T12:00:00Z");

const PLACES: readonly Place[] = [
  { id: "i1", name: "disks", host: "nas", plugin: "disk", tags: ["home", "storage"] },
  { id: "i2", name: "shop", host: "web", plugin: "web-service", tags: [] },
];

const alert = (id: string, instanceId: string, more: Partial<Alert> = {}): Alert => ({
  key: id,
  id,
  ruleId: "disk/full",
  ruleName: "Disk full",
  instanceId,
  labels: { mount: "/srv" },
  severity: "warning",
  summary: "",
  standing: { phase: "firing", since: START, at: START, heldMs: -1 },
  metric: null,
  value: null,
  limit: null,
  worst: null,
  firedAt: START,
  acknowledged: null,
  snoozedUntil: null,
  fires: [],
  channels: [],
  ruleLabels: { team: "ops" },
  ...more,
});

/** Silences and what hangs on what: the same on every database. `open` gives the same one each time. */
export function describeMuting(name: string, open: () => Promise<Connection>): void {
  let now = START;
  const clock = { now: () => now, after: () => () => undefined };
  const muting = (connection: Connection, alerts: readonly Alert[] = [], told: string[] = []) =>
    openMuting({
      connection,
      places: () => PLACES,
      place: (id) => PLACES.find((one) => one.id === id),
      lastRuns: () => ({ successAt: null, reason: null }),
      downFrom: ({ id }) => Number(id === "down"),
      open: () => alerts,
      localHost: "unity",
      changed: (origin) => told.push(origin),
      clock,
      log: createLog("fatal"),
    });
  const withMuting = async <T>(
    work: (one: Awaited<ReturnType<typeof muting>>) => Promise<T>,
    alerts: readonly Alert[] = [],
    told: string[] = [],
  ): Promise<T> => {
    const connection = await open();
    try {
      return await work(await muting(connection, alerts, told));
    } finally {
      await connection.close();
    }
  };

  describe(`muting on ${name}`, () => {
    test("a silence mutes what matches while it is open, after a restart too", async () => {
      now = START;
      const told: string[] = [];
      const made = await withMuting(
        async ({ silences, mutedBy }) => {
          const { silence } = await silences.create(
            {
              kind: "silence",
              name: "Night",
              matchers: [
                { of: "host", op: "is", value: "nas" },
                { of: "severity", op: "is_not", value: "critical" },
                { of: "label", label: "mount", op: "like", value: "/s*" },
                { of: "label", label: "team", op: "is", value: "ops" },
              ],
              when: { kind: "once", from: START + MINUTE, to: START + 3 * MINUTE },
            },
            "somebody",
          );
          expect(mutedBy(alert("a", "i1"), now)).toBeNull();
          return silence;
        },
        [],
        told,
      );
      expect(told).toEqual(["here"]);
      await withMuting(async ({ silences, mutedBy, mutedAmong }) => {
        expect(silences.all().map(({ silence }) => silence)).toEqual([made]);
        const by = { kind: "silence", id: made.id, name: "Night", until: START + 3 * MINUTE };
        expect(mutedBy(alert("a", "i1"), START + MINUTE)).toEqual(by);
        expect(mutedBy(alert("a", "i1", { severity: "critical" }), START + MINUTE)).toBeNull();
        expect(mutedBy(alert("a", "i1", { labels: { mount: "/home" } }), START + MINUTE)).toBeNull();
        expect(mutedBy(alert("a", "i2"), START + MINUTE)).toBeNull();
        // Of an instance that was removed, nothing is known but its id.
        expect(mutedBy(alert("a", "gone"), START + MINUTE)).toBeNull();
        expect([...mutedAmong([alert("a", "i1"), alert("b", "i2")], START + MINUTE)]).toEqual([["a", by]]);
        expect(mutedBy(alert("a", "i1"), START + 3 * MINUTE)).toBeNull();
        expect(silences.require(made.id).window.endsAt).toBe(START + 3 * MINUTE);
      });
    });

    test("maintenance over the end of summer time, with collection paused", async () => {
      now = START;
      await withMuting(async ({ silences, mutedBy, pausedBy }) => {
        const { silence, window } = await silences.create(
          {
            kind: "maintenance",
            name: "Backup",
            matchers: [{ of: "tag", op: "is", value: "storage" }],
            when: { kind: "cron", expression: "30 2 * * *", durationSeconds: 3_600, timeZone: "Europe/Berlin" },
            pausesCollection: true,
          },
          "somebody",
        );
        const at = (text: string) => Date.parse(`${text}Z`);
        // 02:30 comes twice that night, and counts once.
        const until = at("2026-10-25T01:30:00");
        const by = { kind: "maintenance", id: silence.id, name: "Backup", until };
        const asked = ["00:29", "00:30", "01:29", "01:30", "02:00"].map((time) => at(`2026-10-25T${time}:00`));
        expect(asked.map((one) => mutedBy(alert("a", "i1"), one))).toEqual([null, by, by, null, null]);
        expect(asked.map((one) => pausedBy("i1", one))).toEqual([null, by, by, null, null]);
        expect(asked.map((one) => pausedBy("i2", one))).toEqual([null, null, null, null, null]);

        // What runs is ended; tomorrow it comes again.
        now = at("2026-10-25T01:00:00");
        await silences.end(silence.id);
        expect(mutedBy(alert("a", "i1"), now)).toBeNull();
        expect(silences.require(silence.id).window.nextAfter(now)?.from).toBe(at("2026-10-26T01:30:00"));
        await expect(silences.end(silence.id)).rejects.toMatchObject({ code: "conflict" });
        await silences.remove(silence.id);
        expect(silences.all().some((one) => one.silence.id === silence.id)).toBe(false);
        expect(window.endsAt).toBeNull();
      });
    });

    test("what runs is over when it is removed, and is pruned later", async () => {
      now = START + 10 * MINUTE;
      await withMuting(async ({ silences, mutedBy }) => {
        const { silence } = await silences.create(
          { kind: "silence", name: "All", matchers: [], when: { kind: "once", from: now, to: now + MINUTE } },
          "somebody",
        );
        expect(mutedBy(alert("a", "i2"), now)?.name).toBe("All");
        await silences.remove(silence.id);
        now += 10;
        expect(mutedBy(alert("a", "i2"), now)).toBeNull();
        expect(silences.require(silence.id).silence.when).toMatchObject({ to: START + 10 * MINUTE + 1 });
        await silences.prune(now);
        expect(silences.all()).toEqual([]);
      });
      await withMuting(async ({ silences }) => expect(silences.all()).toEqual([]));
    });

    test("what makes no sense is refused, and it says which field is wrong", async () => {
      const when = { kind: "cron", expression: "0 2 * * *", durationSeconds: 60, timeZone: "UTC" };
      const wrong: [Record<string, unknown>, string][] = [
        [{ name: " " }, "name"],
        [{ when: { kind: "once", from: START, to: START } }, "when.to"],
        [{ when: { kind: "once", from: START, to: START + 400 * 86_400_000 } }, "when.to"],
        [{ when: { ...when, expression: "0 2 * *" } }, "when.expression"],
        [{ when: { ...when, expression: "0 2 30 2 *" } }, "when.expression"],
        [{ when: { ...when, timeZone: "Mars/One" } }, "when.timeZone"],
        [{ pausesCollection: true }, "pausesCollection"],
        [
          { kind: "maintenance", pausesCollection: true, matchers: [{ of: "rule", op: "is", value: "x" }] },
          "pausesCollection",
        ],
      ];
      await withMuting(async ({ silences }) => {
        for (const [more, field] of wrong) {
          const once = { kind: "once", from: START, to: START + MINUTE };
          const refused = silences.create({ kind: "silence", name: "Night", matchers: [], when: once, ...more }, "me");
          await expect(refused).rejects.toMatchObject({ code: "invalid", field });
        }
        expect(silences.all()).toEqual([]);
      });
    });

    test("what hangs on what is kept, and makes sense", async () => {
      const link = (child: string, parent: string) => ({ child: { kind: "instance", instance: child }, parent });
      const cause = alert("down", "i1", { severity: "critical" });
      const child = alert("slow", "i2", { firedAt: START + MINUTE });
      const told: string[] = [];
      await withMuting(
        async ({ parents, mutedBy }) => {
          expect(mutedBy(child, START)).toBeNull();
          await parents.set([link("i2", "i1")]);
          expect(mutedBy(child, START)).toEqual({ kind: "parent", id: "down", name: "disks", until: null });
          for (const wrong of [
            [link("i1", "i1")],
            [link("i1", "i2"), link("i2", "i1")],
            [link("i1", "gone")],
            [{ child: { kind: "host", host: "web" }, parent: "i1" }, link("i1", "i2")],
          ])
            await expect(parents.set(wrong)).rejects.toMatchObject({ code: "invalid", field: "links" });
          expect(mutedBy(cause, START)).toBeNull();
        },
        [cause, child],
        told,
      );
      expect(told).toEqual(["here"]);
      await withMuting(async ({ parents }) => {
        expect(parents.get()).toEqual([link("i2", "i1")]);
        await parents.set([]);
      });
    });
  });
}
