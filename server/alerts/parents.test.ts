import { expect, test } from "vitest";
import { findCircle, findParents, type World } from "./parents";
import type { Alert } from "./shapes/alert";
import type { ParentLink } from "./shapes/parent";
import type { Place } from "./silence-match";

const MINUTE = 60_000;
const T = 1_790_000_000_000;

const place = (id: string, host: string, plugin = "postgres"): Place => ({ id, name: id, host, plugin, tags: [] });
const alert = (instanceId: string, more: { at?: number; rule?: string; severity?: Alert["severity"] } = {}): Alert => {
  const { at = 0, rule = "unity/failing", severity = "critical" } = more;
  const since = T + at * MINUTE;
  return {
    key: `${rule} ${instanceId}`,
    id: `${instanceId}${rule === "unity/failing" ? "" : `:${rule}`}`,
    ruleId: rule,
    ruleName: rule,
    instanceId,
    labels: {},
    severity,
    summary: "",
    standing: { phase: "firing", since, at: since, heldMs: -1 },
    metric: null,
    value: null,
    limit: null,
    worst: null,
    firedAt: since,
    acknowledged: null,
    snoozedUntil: null,
    fires: [since],
    channels: [],
    ruleLabels: {},
  };
};

/** @param answers minutes after T at which each last answered; a minute before, where it is not said */
function look(
  places: readonly Place[],
  open: readonly Alert[],
  more: {
    links?: readonly ParentLink[];
    answers?: Record<string, number>;
    reasons?: Record<string, string>;
    downFrom?: Record<string, number>;
  } = {},
): Record<string, string> {
  const { links = [], answers = {}, reasons = {}, downFrom = {} } = more;
  const failing = new Set(open.filter(({ ruleId }) => ruleId === "unity/failing").map(({ instanceId }) => instanceId));
  const world: World = {
    places,
    links,
    localHost: "unity",
    lastRuns: (id) => ({
      successAt: T + (answers[id] ?? -1) * MINUTE,
      reason: reasons[id] ?? (failing.has(id) ? "timeout" : null),
    }),
    downFrom: ({ ruleId }) => downFrom[ruleId] ?? 0,
  };
  return Object.fromEntries([...findParents(open, world)].map(([id, cause]) => [id, cause.id]));
}

const NAS = [place("nas-system", "nas", "system-info"), place("nas-db", "nas"), place("nas-web", "nas", "web-service")];
const PI = [place("pi-dns", "pi", "dns"), place("pi-web", "pi", "web-service")];
const LOCAL = [place("unity-disk", "unity", "disk")];
const GATEWAY = place("gateway", "router", "firewall");

test("when a host is killed, exactly one thing is told", () => {
  const open = [alert("nas-db"), alert("nas-system"), alert("nas-web", { at: 1 })];
  // In the same moment the system speaks for its machine.
  expect(look([...NAS, ...PI, ...LOCAL], open)).toEqual({ "nas-db": "nas-system", "nas-web": "nas-system" });
  // Otherwise who was first: it is told already.
  const later = [alert("nas-db"), alert("nas-system", { at: 1 }), alert("nas-web", { at: 4 })];
  expect(look([...NAS, ...PI], later)).toEqual({ "nas-system": "nas-db", "nas-web": "nas-db" });
});

test.each([
  ["one on the host answers", { answers: { "nas-web": 1 } }],
  ["they fail for a reason of their own", { reasons: { "nas-system": "auth", "nas-db": "parse" } }],
])("nothing hangs on a host that lives: %s", (_, more) => {
  expect(look([...NAS, ...PI], [alert("nas-db"), alert("nas-system")], more)).toEqual({});
});

test("what was wrong before the host went is still told", () => {
  const full = alert("nas-db", { at: -30, rule: "disk", severity: "warning" });
  const hot = alert("nas-db", { at: -1, rule: "hot", severity: "warning" });
  expect(look(NAS, [full, hot, alert("nas-system"), alert("nas-db")])).toEqual({
    "nas-db": "nas-system",
    "nas-db:hot": "nas-system",
  });
});

test("a gateway that falls silent with everything behind it says it for all", () => {
  const open = [
    alert("gateway"),
    alert("nas-db", { at: 1 }),
    alert("nas-system", { at: 1 }),
    alert("pi-dns", { at: 1 }),
  ];
  const everything = [GATEWAY, ...NAS, ...PI, ...LOCAL];
  expect(look(everything, open)).toEqual({ "nas-db": "gateway", "nas-system": "gateway", "pi-dns": "gateway" });
  // What Unity reads of its own machine proves nothing about the network.
  expect(look(everything, open, { answers: { "unity-disk": 5 } })).toEqual(look(everything, open));
  // Something behind it answers: it is the gateway's page that is down, and a host of its own.
  expect(look(everything, open, { answers: { "pi-web": 2 } })).toEqual({ "nas-db": "nas-system" });
});

const hang = (child: string, parent: string): ParentLink => ({ child: { kind: "instance", instance: child }, parent });

test("by hand, a parent that cannot be reached mutes its children and theirs", () => {
  const places = [place("ups", "rack", "ups"), place("vm", "h1"), place("app", "h2")];
  const links = [hang("app", "vm"), hang("vm", "ups")];
  const silent = alert("ups");
  const child = alert("app", { at: 3, rule: "slow", severity: "info" });
  expect(look(places, [silent, child], { links })).toEqual({ "app:slow": "ups" });
  // Two minutes earlier at most.
  expect(look(places, [silent, alert("app", { at: -2, rule: "slow" })], { links })).toEqual({ "app:slow": "ups" });
  expect(look(places, [silent, alert("app", { at: -3, rule: "slow" })], { links })).toEqual({});
});

test("by hand, a parent that is ill but there mutes nobody", () => {
  const [places, links] = [[place("nas", "nas", "disk"), place("app", "h2")], [hang("app", "nas")]];
  const child = alert("app", { at: 3, rule: "slow" });
  expect(look(places, [alert("nas", { rule: "disk_full" }), child], { links })).toEqual({});
  // It answers, and says no: whatever hangs on it goes on.
  expect(look(places, [alert("nas"), child], { links, reasons: { nas: "auth" } })).toEqual({});
});

test("by hand, a parent is down when its plugin says so of all that it watches", () => {
  const [places, links] = [[place("gate", "gate", "web-service"), place("app", "h2")], [hang("app", "gate")]];
  const child = alert("app", { at: 3, rule: "slow" });
  const down = alert("gate", { rule: "down" });
  expect(look(places, [down, child], { links, downFrom: { down: 1 } })).toEqual({ "app:slow": "gate:down" });
  expect(look(places, [down, child], { links, downFrom: { down: 2 } })).toEqual({});
  const other = { ...down, id: "gate:other", key: "other", labels: { endpoint: "b" } };
  expect(look(places, [down, other, child], { links, downFrom: { down: 2 } })).toEqual({ "app:slow": "gate:down" });
});

test("a host hangs on an instance, also on one that is on it", () => {
  const links: ParentLink[] = [{ child: { kind: "host", host: "nas" }, parent: "nas-system" }];
  const open = [alert("nas-system"), alert("nas-db", { at: 1, rule: "slow" })];
  expect(look(NAS, open, { links })).toEqual({ "nas-db:slow": "nas-system" });
});

test("what goes round in a circle mutes, but never everybody", () => {
  const links = [hang("nas-db", "nas-web"), hang("nas-web", "nas-system"), hang("nas-system", "nas-db")];
  const open = [alert("nas-db"), alert("nas-web"), alert("nas-system")];
  expect(findCircle({ places: NAS, links })).toEqual(["nas-system", "nas-db"]);
  expect(Object.keys(look(NAS, open, { links }))).toHaveLength(2);
  // By hand it hangs the other way round than it looks: the hand is right.
  expect(look(NAS, [alert("nas-db"), alert("nas-system")], { links: [hang("nas-system", "nas-db")] })).toEqual({
    "nas-system": "nas-db",
  });
});

test("whatever hangs on whatever, somebody is told", () => {
  let seed = 7;
  const random = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  for (let round = 0; round < 300; round++) {
    const places = Array.from({ length: 8 }, (_, index) =>
      place(`i${index}`, `h${random(3)}`, index === 0 ? "vpn" : "dns"),
    );
    const links = Array.from({ length: random(8) }, () => hang(`i${random(8)}`, `i${random(8)}`));
    const open = places.flatMap(({ id }) => (random(3) > 0 ? [alert(id, { at: random(6) })] : []));
    const muted = look(places, open, { links });
    if (open.length === 0) continue;
    expect(Object.keys(muted).length).toBeLessThan(open.length);
  }
});
