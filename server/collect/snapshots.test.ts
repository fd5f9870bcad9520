import { expect, test } from "vitest";
import { createSnapshots } from "./snapshots";

const disks = (...names: string[]) => ({ facts: {}, lists: { disks: names.map((name) => ({ name })) } });

test("what says the same is not written again, and is as old as it was last seen", () => {
  const snapshots = createSnapshots();
  expect(snapshots.take("a", disks("sda"), 1_000)?.inventory).toEqual(disks("sda"));
  expect(snapshots.take("a", disks("sda"), 2_000)).toBeUndefined();
  expect(snapshots.seenAt("a")).toBe(2_000);
  expect(snapshots.take("b", disks("sda"), 2_000)).toBeDefined();
});

test("what says something else is written, also when it goes back to what it was", () => {
  const snapshots = createSnapshots();
  snapshots.take("a", disks("sda"), 1_000);
  expect(snapshots.take("a", disks("sda", "sdb"), 2_000)).toBeDefined();
  expect(snapshots.take("a", disks("sda"), 3_000)).toBeDefined();
});

test("the database's instant is never far behind, and what was forgotten is written anew", () => {
  const snapshots = createSnapshots();
  snapshots.take("a", disks("sda"), 0);
  expect(snapshots.take("a", disks("sda"), 600_000)).toBeDefined();
  expect(snapshots.take("a", disks("sda"), 610_000)).toBeUndefined();
  snapshots.forget("a");
  expect(snapshots.take("a", disks("sda"), 620_000)).toBeDefined();
});
