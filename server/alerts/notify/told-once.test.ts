import fc from "fast-check";
import { expect, test } from "vitest";
import type { Alert } from "../shapes/alert";
import { createTestClock, HOUR, MINUTE, makeRig, makeRoute, SECOND, type Sent } from "./test-lead";

/** What may happen, to one of five alerts where it speaks of one. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("fire" as const), key: fc.nat(4), critical: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("end" as const), key: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("acknowledge" as const), key: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("mute" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("break" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("crash" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 400 }) }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const PLACES = ["mail", "phone"].map((id) => ({ id, name: id, enabled: true }));
const ROUTES = [
  makeRoute({ id: "all", channels: ["mail"], continue: true, repeatHours: { critical: null, warning: null } }),
  makeRoute({
    id: "bad",
    channels: ["phone"],
    match: { severity: "critical" },
    group: "rule",
    updateMinutes: 1,
    repeatHours: { critical: null, warning: null },
  }),
];

async function play(happenings: readonly Happening[]) {
  const clock = createTestClock();
  let [muted, broken] = [false, false];
  const sent: Sent[] = [];
  const open = new Map<string, Alert>();
  const fires = new Map<string, number[]>();
  const endings: Alert[] = [];
  const start = (stored?: Awaited<ReturnType<typeof makeRig>>["stored"]) =>
    makeRig({
      clock,
      routes: ROUTES,
      places: PLACES,
      perMinute: 4,
      ...(stored ? { stored } : {}),
      mutedBy: () => (muted ? { kind: "silence", name: "night" } : null),
      async send(channelId, message) {
        await new Promise<void>((resolve) => void clock.after(700, resolve));
        if (broken) return { ok: false, again: true, answer: "500" };
        sent.push({ at: clock.now(), channelId, message });
        return { ok: true, answer: "ok" };
      },
    });
  let rig = await start();

  /** Dies, maybe between sending and noting that it was sent; what ended is in the history. */
  async function crash() {
    const stopped = rig.lead.sender.stop(0);
    // What is being sent in this moment is waited for by the clock.
    await clock.pass(0);
    await stopped;
    rig = await start(new Map(rig.stored));
    for (const alert of open.values()) rig.stand(alert);
    for (const alert of endings)
      if (!open.has(alert.key)) rig.lead.ledger.follow([{ alert, to: alert.standing.phase }]);
  }

  function fire(key: string, critical: boolean): void {
    if (open.has(key)) return;
    const now = clock.now();
    const recent = [...(fires.get(key) ?? []).filter((at) => now - at < HOUR), now];
    fires.set(key, recent);
    open.set(key, rig.fire(key, { fires: recent, severity: critical ? "critical" : "warning" }));
  }

  function end(key: string): void {
    const ended = rig.end(key);
    if (ended) endings.push(ended);
    open.delete(key);
  }

  function acknowledge(key: string): void {
    const alert = open.get(key);
    if (!alert) return;
    const acknowledged = { by: "me", at: clock.now(), note: "", until: "over", value: null } as const;
    open.set(key, { ...alert, acknowledged });
    rig.change(key, { acknowledged });
  }

  async function happen(what: Happening): Promise<void> {
    if (what.kind === "wait") await rig.pass(what.seconds * SECOND);
    else if (what.kind === "crash") await crash();
    else if (what.kind === "mute") muted = !muted;
    else if (what.kind === "break") broken = !broken;
    else if (what.kind === "fire") fire(`d${what.key}`, what.critical);
    else if (what.kind === "end") end(`d${what.key}`);
    else acknowledge(`d${what.key}`);
  }

  for (const what of happenings) await happen(what);
  [muted, broken] = [false, false];
  await rig.pass(2 * HOUR);
  await rig.pass(10 * MINUTE);
  return { sent, open: [...open.values()] };
}

/** What a channel was told of an alert, in order; a message that came twice under one id counts once. */
function heardBy(sent: readonly Sent[], channelId: string) {
  const messages = new Map(
    sent.filter((one) => one.channelId === channelId).map(({ message }) => [message.id, message]),
  );
  return [...messages.values()].flatMap(({ alerts }) => alerts);
}

function expectTold(sent: readonly Sent[], channelId: string, open: readonly Alert[]): void {
  const heard = heardBy(sent, channelId);
  const said = heard.map(({ id, event }) => `${id} ${event}`);
  expect(said).toEqual([...new Set(said)]);
  for (const alert of open) {
    const isFor = channelId === "mail" || alert.severity === "critical";
    const told = heard.some(({ id, event }) => id === alert.id && event !== "resolved");
    // Whoever acknowledged it may have been faster than the message.
    if (!isFor || !alert.acknowledged) expect(told).toBe(isFor);
  }
  const standing = new Set(open.map(({ labels }) => labels.mount));
  const last = new Map(heard.map(({ labels, event }) => [labels.mount, event]));
  for (const [mount, event] of last) if (!standing.has(mount)) expect(event).toBe("resolved");
}

test("no channel hears the same of an alert twice, and none misses what it should hear", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 40 }), async (happenings) => {
      const { sent, open } = await play(happenings);
      for (const { id } of PLACES) expectTold(sent, id, open);
    }),
    {
      numRuns: 40,
      // That it is over overtook that it fires, when one message failed for long.
      examples: [
        [
          [
            { kind: "fire", key: 0, critical: false },
            { kind: "break" },
            { kind: "wait", seconds: 189 },
            { kind: "end", key: 0 },
            { kind: "wait", seconds: 1 },
          ],
        ],
      ],
    },
  );
}, 120_000);
