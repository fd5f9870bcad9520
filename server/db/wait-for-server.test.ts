import { expect, test } from "vitest";
import { waitForServer } from "./wait-for-server";

class Coded extends Error {
  constructor(readonly code: string) {
    super(`It failed with ${code}.`);
  }
}
const shown = "PostgreSQL at nas:5432/unity";

/** Fails with these codes, one a try, then answers. */
function createOpening(...codes: string[]) {
  let tries = 0;
  const open = async () => {
    const code = codes[tries++];
    if (code) throw new Error("The database does not answer.", { cause: new Coded(code) });
    return "open";
  };
  return { open, tries: () => tries };
}

function createLog() {
  const lines: string[] = [];
  const add = (_: object, line: string) => void lines.push(line);
  return { lines, log: { warn: add, info: add } };
}

test.each([
  ["ECONNREFUSED", "connection refused"],
  ["ENOTFOUND", "name not known"],
  ["57P03", "starting up"],
  ["HTTP_503", "it answers 503"],
])("%s is waited for, and said once", async (code, reason) => {
  const { open } = createOpening(code, code);
  const { lines, log } = createLog();
  expect(await waitForServer(open, { forMs: 60_000, everyMs: 1, shown, log })).toBe("open");
  expect(lines).toEqual([`waiting for ${shown}: ${reason}; trying for 60 s`, `${shown} answers: going on`]);
});

test.each(["28P01", "3D000", "ER_ACCESS_DENIED_ERROR", "ER_BAD_DB_ERROR", "too_old", "HTTP_401"])(
  "%s fails at once",
  async (code) => {
    const { open, tries } = createOpening(code);
    const { lines, log } = createLog();
    await expect(waitForServer(open, { forMs: 60_000, everyMs: 1, shown, log })).rejects.toThrow("does not answer");
    expect([tries(), lines]).toEqual([1, []]);
  },
);

test("without patience nothing is waited for", async () => {
  const { open, tries } = createOpening("ECONNREFUSED");
  await expect(waitForServer(open, { forMs: 0, shown })).rejects.toThrow("does not answer");
  expect(tries()).toBe(1);
});

test("waiting ends, and says how long it was tried", async () => {
  const { open } = createOpening("ECONNREFUSED", "ECONNREFUSED", "ECONNREFUSED", "ECONNREFUSED");
  await expect(waitForServer(open, { forMs: 500, everyMs: 200, shown })).rejects.toThrow(
    "The database does not answer. It was tried for 0.5 s.",
  );
});
