import { expect, test } from "vitest";
import type { Override } from "./shapes/override";
import { NO_PAST, rule, used, watch } from "./test-watch";

test("each series of a rule is an alert of its own", () => {
  const { run, open } = watch([rule({})]);
  expect(run(used("/", 95), used("/data", 50))).toEqual(["firing / measured"]);
  expect(run(used("/", 96), used("/data", 97))).toEqual(["firing /data measured"]);
  expect(open().map(({ labels, value, worst, limit }) => [labels.mount, value, worst, limit])).toEqual([
    ["/", 96, 96, 90],
    ["/data", 97, 97, 90],
  ]);
  expect(run(used("/", 80), used("/data", 95))).toEqual(["resolved / measured"]);
  expect(open().map(({ value, worst }) => [value, worst])).toEqual([[95, 97]]);
});

test("it is over at `clear`, not at the limit", () => {
  const { run } = watch([rule({ parts: [{ kind: "value", metric: "used", is: "above", limit: 90, clear: 80 }] })]);
  expect([91, 89, 81, 79, 89].map((value) => run(used("/", value)))).toEqual([
    ["firing / measured"],
    [],
    [],
    ["resolved / measured"],
    [],
  ]);
});

test("a failed run neither fires nor resolves; failed runs in a row do", () => {
  const { run, fail } = watch([rule({}), { ...rule({ parts: [{ kind: "failing", runs: 2 }] }), id: "r2" }]);
  expect(run(used("/", 95))).toEqual(["firing / measured"]);
  expect(fail()).toEqual([]);
  expect(fail()).toEqual(["firing measured"]);
  expect(run(used("/", 50))).toEqual(["resolved measured", "resolved / measured"]);
});

test("a series that ends resolves, once it is missed", () => {
  const { run } = watch([rule({})]);
  run(used("/", 95), used("/usb", 99));
  expect([1, 2, 3, 4].map(() => run(used("/", 95)))).toEqual([[], [], [], ["resolved /usb no_data"]]);
});

test("silence is what a rule may wait for, also while the instance fails", () => {
  const { run, fail } = watch([rule({ parts: [{ kind: "absent", metric: "used", seconds: 25 }] })]);
  run(used("/", 1), used("/usb", 1));
  run(used("/", 1));
  expect(fail()).toEqual([]);
  expect(run(used("/", 1))).toEqual(["firing /usb measured"]);
  expect(run(used("/", 1), used("/usb", 1))).toEqual(["resolved /usb measured"]);
});

test("conditions of several metrics meet where their common labels are alike", () => {
  const parts = [
    { kind: "value", metric: "used", is: "above", limit: 90 },
    { kind: "value", metric: "writes", is: "above", limit: 100 },
  ];
  const writes = (mount: string, device: string, value: number) => ["writes", { mount, device }, value] as const;
  const { run } = watch([rule({ parts })]);
  expect(run(used("/", 95), writes("/", "sda", 50), writes("/data", "sdb", 500))).toEqual([]);
  expect(run(used("/", 95), writes("/", "sda", 50), writes("/", "sdc", 500))).toEqual(["firing / measured"]);
  const any = watch([rule({ parts, join: "any" })]);
  expect(any.run(used("/", 5), writes("/", "sda", 500))).toEqual(["firing / measured"]);
});

test("the limit may be another metric of the same labels", () => {
  const parts = [{ kind: "value", metric: "used", is: "above", limit: { metric: "quota", times: 0.5 } }];
  const { run, open } = watch([rule({ parts })]);
  expect(run(used("/", 60), ["quota", { mount: "/" }, 100])).toEqual(["firing / measured"]);
  expect(open()[0]?.limit).toBe(50);
  expect(watch([rule({ parts })]).run(used("/", 60))).toEqual([]);
});

test("what a person decided for one item holds for that item", () => {
  const item = {
    kind: "item" as const,
    instance: "i1",
    where: [{ label: "mount", op: "is" as const, value: "/data" }],
  };
  const set = (id: string, scope: Override["scope"], values: Override["set"]): Override => ({
    id,
    rule: "r1",
    scope,
    set: values,
    note: "",
  });
  const { run } = watch(
    [rule({})],
    [
      set("o1", item, { limit: 98 }),
      set("o2", { kind: "all" }, { limit: 50 }),
      set("o3", { ...item, where: [{ label: "mount", op: "like", value: "/snap*" }] }, { enabled: false }),
    ],
  );
  expect(run(used("/", 60), used("/data", 97), used("/snap1", 100))).toEqual(["firing / measured"]);
  expect(run(used("/", 60), used("/data", 99), used("/snap1", 100))).toEqual(["firing /data measured"]);
});

test("after a restart the same stands, and is neither told again nor forgotten", () => {
  const it = watch([rule({ forSeconds: 30 })]);
  it.run(used("/", 95));
  it.run(used("/", 95));
  it.restart();
  expect(it.run(used("/", 95))).toEqual([]);
  expect(it.run(used("/", 95))).toEqual(["firing / measured"]);
  const [before] = it.open();
  it.restart();
  expect(it.run(used("/", 95))).toEqual([]);
  expect(it.open().map(({ id }) => id)).toEqual([before?.id]);
  it.restart();
  expect(it.run(used("/", 5))).toEqual(["resolved / measured"]);
});

test("a rule that is changed looks anew, and one that is gone takes its alerts along", () => {
  const rules = [rule({})];
  const it = watch(rules);
  it.run(used("/", 95));
  rules[0] = rule({ severity: "critical" });
  it.engine().reload();
  expect(it.run(used("/", 95))).toEqual([]);
  rules.pop();
  it.engine().reload();
  expect(it.run(used("/", 95))).toEqual(["resolved / unwatched"]);
});

test("acknowledged until it is worse is heard of again when it is", () => {
  const it = watch([rule({})]);
  it.run(used("/", 95));
  const id = it.open()[0]?.id ?? "";
  it.engine().change(id, (alert) => ({
    ...alert,
    acknowledged: { by: "anna", at: it.now(), note: "", until: "worse", value: alert.value },
  }));
  it.run(used("/", 93));
  expect(it.open()[0]?.acknowledged?.by).toBe("anna");
  expect(it.lapsed()).toEqual([]);
  it.run(used("/", 96));
  expect(it.open()[0]?.acknowledged).toBeNull();
  it.run(used("/", 97));
  expect(it.lapsed()).toEqual([id]);
});

test("a restart between the limit and where it is over ends nothing", () => {
  const it = watch([rule({ parts: [{ kind: "value", metric: "used", is: "above", limit: 90, clear: 80 }] })]);
  it.run(used("/", 95));
  it.restart();
  expect(it.run(used("/", 85))).toEqual([]);
  it.engine().reload();
  expect(it.run(used("/", 85))).toEqual([]);
  expect(it.run(used("/", 79))).toEqual(["resolved / measured"]);
});

test("an alert says what its rule says now, and who took note of it stays", () => {
  const rules = [rule({})];
  const it = watch(rules);
  it.run(used("/", 95));
  const acknowledged = { by: "anna", at: it.now(), note: "", until: "over" as const, value: 95 };
  it.engine().change(it.open()[0]?.id ?? "", (alert) => ({ ...alert, acknowledged }));
  rules[0] = rule({ severity: "critical", name: "Nearly full" });
  it.engine().reload();
  it.run(used("/", 95));
  expect(it.open()).toMatchObject([{ severity: "critical", ruleName: "Nearly full", acknowledged }]);
});

test("what is restored late, after it was found anew, is ended", () => {
  const it = watch([rule({})]);
  it.run(used("/", 95));
  const [mine] = it.open();
  if (!mine) throw new Error("It fires.");
  const older = it.engine().restore([{ ...mine, id: "older" }], it.now());
  expect(older.map(({ alert, to, cause }) => [alert.id, to, cause])).toEqual([["older", "resolved", "unwatched"]]);
  expect(it.run(used("/", 95))).toEqual([]);
  expect(it.open().map(({ id }) => id)).toEqual([mine.id]);
});

test("series that have been silent for a day are forgotten, unless their alert is open", () => {
  const forgotten: number[] = [];
  const it = watch([rule({ whenGone: "keep" })], [], { ...NO_PAST, forget: (ids) => void forgotten.push(...ids) });
  it.run(used("/", 10), used("/well", 10), used("/ill", 95));
  for (let count = 0; count < 26 * 360; count++) it.run(used("/", 10));
  expect(forgotten).toEqual([1]);
  expect(it.open().map(({ labels }) => labels.mount)).toEqual(["/ill"]);
  expect(it.run(used("/well", 95))).toEqual(["firing /well measured"]);
});

test("a limit that is not measured any more is none", () => {
  const parts = [{ kind: "value", metric: "used", is: "above", limit: { metric: "quota", times: 1 } }];
  const it = watch([rule({ parts })]);
  it.run(used("/", 60), ["quota", { mount: "/" }, 100]);
  for (let count = 0; count < 4; count++) it.run(used("/", 60));
  expect(it.run(used("/", 160))).toEqual([]);
});
