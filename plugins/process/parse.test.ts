import { describe, expect, test } from "vitest";
import { parseBootTime, parseOpenFilesLimit, parseStat, parseStatus, parseUptime, parseUsers } from "./parse";

const REST = "1 42 42 0 -1 4194304 96 0 0 0 150 50 7 8 20 0 3 0 89921 3133440 409 18446744073709551615 1 1 0 0 0 0";

describe("stat", () => {
  test.each([
    ["cat", "cat"],
    ["a space", "a space"],
    ["a)b", "a)b"],
    ["((sd-pam))", "((sd-pam))"],
    [") Z 1 1", ") Z 1 1"],
    ["line\nend", "line\nend"],
    ["", ""],
    ["<img src=x one", "<img src=x one"],
    ["tmux: server", "tmux: server"],
    ["12 (x) R", "12 (x) R"],
  ])("a process that calls itself %j", (comm, expected) => {
    expect(parseStat(`42 (${comm}) S ${REST}\n`)).toEqual({
      pid: 42,
      comm: expected,
      state: "sleeping",
      parentPid: 1,
      kernel: false,
      cpuTicks: 200,
      threads: 3,
      startTicks: 89_921,
      rssPages: 409,
    });
  });

  test.each([
    ["R", "running"],
    ["S", "sleeping"],
    ["D", "disk_sleep"],
    ["Z", "zombie"],
    ["T", "stopped"],
    ["t", "stopped"],
    ["I", "idle"],
    ["P", "idle"],
    ["K", "disk_sleep"],
  ])("state %s is %s", (letter, state) => {
    expect(parseStat(`42 (x) ${letter} ${REST}`)).toMatchObject({ state });
  });

  test("knows threads of the kernel by their flag, and who is just going", () => {
    expect(parseStat(`2 (kthreadd) S 0 0 0 0 -1 ${0x20_8040} ${REST.split(" ").slice(6).join(" ")}`)).toMatchObject({
      kernel: true,
    });
    expect(parseStat(`42 (x) X ${REST}`)).toBe("dead");
  });

  test.each(["", "42", "42 (x", "42 x) S 1", "(x) S 1", `42 (x) ? ${REST}`, "42 (x) S 1 2 3", `a (x) S ${REST}`])(
    "%j makes no sense",
    (text) => {
      expect(parseStat(text)).toBeUndefined();
    },
  );
});

describe("status", () => {
  const HEAD = "Name:\tnginx\nState:\tS (sleeping)\nPid:\t42\nUid:\t0\t33\t33\t33\nFDSize:\t64\n";

  test("the effective user, and memory by kind", () => {
    const memory =
      "VmRSS:\t    1672 kB\nRssAnon:\t     116 kB\nRssFile:\t    1556 kB\nRssShmem:\t       0 kB\nThreads:\t1\n";
    expect(parseStatus(HEAD + memory)).toEqual({
      uid: "33",
      anonBytes: 116 * 1_024,
      fileBytes: 1_556 * 1_024,
      shmemBytes: 0,
      fdRoom: 64,
    });
  });

  test("before Linux 4.5 there is only the sum; a zombie has none", () => {
    expect(parseStatus(`${HEAD}VmRSS:\t    1672 kB\n`)).toMatchObject({ anonBytes: 1_672 * 1_024, fileBytes: 0 });
    expect(parseStatus(HEAD)).toMatchObject({ uid: "33", anonBytes: 0, fileBytes: 0, shmemBytes: 0 });
  });

  test("a name cannot pretend to be a field: the kernel escapes its line ends", () => {
    expect(parseStatus(`Name:\tx\\nUid:\\t0\n${HEAD}`)).toMatchObject({ uid: "33" });
  });

  test.each(["", "Name:\tx\n", "Name:\tx\nUid:\tabc\n", "Uid:\t0\t0"])("%j makes no sense", (text) => {
    expect(parseStatus(text)).toBeUndefined();
  });
});

test.each([
  [
    "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 524288               files     \n",
    1_024,
  ],
  ["Max open files            unlimited            unlimited            files     \n", undefined],
  ["Max open files            0                    0                    files     \n", undefined],
  ["", undefined],
])("limit of open files %#", (text, limit) => {
  expect(parseOpenFilesLimit(text)).toBe(limit);
});

test("uptime in seconds, and nothing else", () => {
  expect(parseUptime("899.21 1600.10\n")).toBe(899.21);
  for (const text of ["", "abc", "-1 2\n", "<html>"]) expect(() => parseUptime(text)).toThrow("instead of seconds");
});

test.each([
  ["cpu  1 2 3\nintr 5 6 7\nbtime 1790000000\nprocesses 9\n", 1_790_000_000],
  ["cpu  1 2 3\n", undefined],
])("the machine's start %#", (text, expected) => {
  expect(parseBootTime(text)).toBe(expected);
});

test("users by id: the first name counts, and lines that are none do no harm", () => {
  const text =
    "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:\nbob:x:1000:1000::/:\n+::::::\nbad\n__proto__:x:5:5::/:\n:x:7:7\n";
  expect(parseUsers(text)).toEqual({ "0": "root", "1000": "bob", "5": "__proto__" });
});
