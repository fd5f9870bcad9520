import { expect, test } from "vitest";
import { type Beside, decide, type Remembered } from "./decide";

const thing = { kind: "rule", id: "hot" } as const;
const beside = (more: Partial<Beside> = {}): Beside => ({
  ...thing,
  file: "a.yaml",
  fileHash: "f2",
  liveHash: "l1",
  same: false,
  ...more,
});
const remembered = (more: Partial<Remembered> = {}): Remembered => ({
  ...thing,
  name: "Hot",
  file: "a.yaml",
  fileHash: "f1",
  liveHash: "l1",
  ...more,
});

test.each([
  ["new in the file", beside({ liveHash: null }), undefined, { is: "apply" }],
  ["changed in the file, by nobody here", beside(), remembered(), { is: "apply" }],
  ["as the file says, whoever did it", beside({ same: true, liveHash: "l9" }), remembered(), { is: "same" }],
  ["neither was touched since", beside({ fileHash: "f1" }), remembered(), { is: "same" }],
  ["changed here", beside({ fileHash: "f1", liveHash: "l2" }), remembered(), { is: "drift", why: "changed" }],
  ["changed here and in the file", beside({ liveHash: "l2" }), remembered(), { is: "drift", why: "changed" }],
  ["removed here", beside({ liveHash: null }), remembered(), { is: "drift", why: "removed" }],
  ["here before the file was", beside(), undefined, { is: "drift", why: "before" }],
  ["somebody decided for what is here", beside({ liveHash: "l2" }), remembered({ kept: "f2" }), { is: "kept" }],
  ["for its absence", beside({ liveHash: null }), remembered({ kept: "f2" }), { is: "kept" }],
  [
    "decided about another file",
    beside({ liveHash: "l2" }),
    remembered({ kept: "f1" }),
    { is: "drift", why: "changed" },
  ],
])("%s", (_, one, before, decision) => {
  expect(decide(one, before)).toEqual(decision);
});
