import { expect, test } from "vitest";
import { INSTANCE, rule, used, watch } from "./test-watch";

test("ended by hand it waits until it was over", () => {
  const it = watch([rule({})]);
  it.run(used("/", 95));
  it.dismiss();
  expect(it.open()).toEqual([]);
  expect(it.run(used("/", 96))).toEqual([]);
  it.run(used("/", 50));
  expect(it.dismissed()).toEqual([]);
  expect(it.run(used("/", 96))).toEqual(["firing / measured"]);
});

test("ended by hand it waits also after a restart", () => {
  const it = watch([rule({ parts: [{ kind: "value", metric: "used", is: "above", limit: 90, clear: 80 }] })]);
  it.run(used("/", 95));
  it.dismiss();
  it.restart();
  // It is not over before 80.
  expect([85, 96].map((value) => it.run(used("/", value)))).toEqual([[], []]);
  it.restart();
  expect([it.run(used("/", 79)), it.dismissed()]).toEqual([[], []]);
  it.restart();
  expect(it.run(used("/", 96))).toEqual(["firing / measured"]);
});

test("nothing waits any more when the rule is gone, or nobody looks", () => {
  const rules = [rule({})];
  const it = watch(rules);
  it.run(used("/", 95));
  it.dismiss();
  rules.pop();
  it.engine().reload();
  it.run(used("/", 95));
  expect(it.dismissed()).toEqual([]);
  rules.push(rule({}));
  it.engine().reload();
  expect(it.run(used("/", 95))).toEqual(["firing / measured"]);
  it.dismiss();
  it.engine().unwatch(INSTANCE.id, it.now());
  expect(it.dismissed()).toEqual([]);
  expect(it.run(used("/", 95))).toEqual(["firing / measured"]);
});

test("ended by hand it waits also while runs fail, and when other rules are changed", () => {
  const it = watch([rule({})]);
  it.run(used("/", 95));
  it.engine().reload();
  it.dismiss();
  expect(it.run(used("/", 96))).toEqual([]);
  expect(it.fail()).toEqual([]);
  it.engine().reload();
  expect(it.run(used("/", 96))).toEqual([]);
});
