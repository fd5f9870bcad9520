import { expect, test } from "vitest";
import { readJournal } from "./read-journal";

const now = 1_790_000_000_500;
const entry = (cursor: string, rest: object = {}) =>
  JSON.stringify({ __CURSOR: cursor, __REALTIME_TIMESTAMP: "1790000000000000", MESSAGE: "hello", ...rest });
const all = { filters: ["--unit=ssh.service"], startAt: "end", maxEntries: 10 } as const;

function journal(answer: { code?: number; stdout?: string; stderr?: string; truncated?: boolean }) {
  const asked: (readonly string[])[] = [];
  const exec = async (_: string, args: readonly string[]) => {
    asked.push(args.slice(3));
    return { code: 0, stdout: "", stderr: "", ...answer };
  };
  return { context: { exec, now }, asked };
}

test("begins behind the last entry, then asks for what came after it", async () => {
  const { context, asked } = journal({ stdout: `${entry("a")}\n` });
  const first = await readJournal(context, undefined, all);
  expect(first).toMatchObject({ entries: [], place: { cursor: "a" }, lastAtMs: 1_790_000_000_000 });
  await readJournal(context, first.place, all);
  expect(asked).toEqual([
    ["--lines=1", "--unit=ssh.service"],
    ["--after-cursor=a", "--unit=ssh.service"],
  ]);
});

test("an empty journal is asked from now on, until there is an entry", async () => {
  const { context, asked } = journal({ stdout: "-- No entries --\n" });
  const first = await readJournal(context, undefined, all);
  expect(first.place).toEqual({ sinceSeconds: 1_790_000_000 });
  expect((await readJournal(context, first.place, all)).place).toEqual(first.place);
  expect(asked[1]?.[0]).toBe("--since=@1790000000");
});

test.each([
  ["text", "x", "x"],
  ["bytes", [104, 105, 255], "hi\ufffd"],
  ["too large", null, ""],
  ["a field that came twice", ["a", "b"], "a"],
  ["bytes that came twice", [[104, 105], [106]], "hi"],
])("reads a message of %s", async (_, MESSAGE, message) => {
  const { context } = journal({ stdout: entry("a", { MESSAGE, PRIORITY: "3" }) });
  const { entries } = await readJournal(context, { cursor: "0", sinceSeconds: 1 }, all);
  expect(entries[0]).toMatchObject({ message, priority: 3, atMs: 1_790_000_000_000 });
});

test("takes as many as allowed, oldest first, and leaves the rest", async () => {
  const { context } = journal({ stdout: [entry("a"), entry("b"), entry("c")].join("\n") });
  const answer = await readJournal(context, { cursor: "0", sinceSeconds: 1 }, { ...all, maxEntries: 2 });
  expect(answer).toMatchObject({ place: { cursor: "b" }, more: true, entries: { length: 2 } });
});

test("of an answer that was cut, half a line is left for the next run", async () => {
  const { context } = journal({ stdout: `${entry("a")}\n{"__CURS`, truncated: true, code: 137 });
  const answer = await readJournal(context, { cursor: "0", sinceSeconds: 1 }, all);
  expect(answer).toMatchObject({ place: { cursor: "a" }, more: true, entries: { length: 1 } });
});

test("a cursor that the journal does not know is followed by time", async () => {
  const asked: unknown[] = [];
  const exec = async (_: string, args: readonly string[]) => {
    asked.push(args[3]);
    const isKnown = args[3]?.startsWith("--since");
    return isKnown
      ? { code: 0, stdout: entry("b"), stderr: "" }
      : { code: 1, stdout: "", stderr: "Failed to seek to cursor: Invalid argument" };
  };
  const answer = await readJournal({ exec, now }, { cursor: "a", sinceSeconds: 7 }, all);
  expect([asked, answer.place.cursor]).toEqual([["--after-cursor=a", "--since=@7"], "b"]);
});

test.each([
  [{ code: 1, stderr: "No journal files were opened due to insufficient permissions." }, "permission"],
  [{ stderr: "Hint: You are currently not seeing messages from other users and the system." }, "permission"],
  [{ stderr: "No journal files were found." }, "not_found"],
  [{ code: 1, stderr: "Failed to open /x: No such file or directory" }, "not_found"],
  [{ code: 1, stderr: "Failed to iterate through journal: Bad message" }, "protocol"],
  [{ stdout: "nonsense" }, "parse"],
])("%j is %s", async (answer, reason) => {
  await expect(readJournal(journal(answer).context, { cursor: "0", sinceSeconds: 1 }, all)).rejects.toMatchObject({
    reason,
  });
});
