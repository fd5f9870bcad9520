import fc from "fast-check";
import { expect, test } from "vitest";
import type { Connection } from "../../db/database";
import { Secret } from "../../secrets";
import { createActionLinks } from "./action-links";
import { HOUR, START } from "./test-lead";

const ID = "018f0000-0000-7000-8000-00000000000a";
// Signing asks no database.
const make = (key = 1, now = START) =>
  createActionLinks({ schema: {} } as unknown as Connection, {
    key: new Secret(Buffer.alloc(32, key)),
    clock: { now: () => now },
  });

test("a link says what it does, for a day", () => {
  const token = make().sign(ID, "snooze");
  expect(token).toMatch(/^[\w-]{60}$/);
  expect(make().read(token)).toMatchObject({ messageId: ID, deed: "snooze", expiresAt: START + 24 * HOUR });
  expect(make(1, START + 23 * HOUR).read(token)).toMatchObject({ deed: "snooze" });
  expect(make(1, START + 24 * HOUR).read(token)).toBe("expired");
});

test("one of another key, another deed or with anything changed is none", () => {
  const token = make().sign(ID, "acknowledge");
  expect(make(2).read(token)).toBe("bad");
  expect(make().sign(ID, "snooze").slice(-32)).not.toBe(token.slice(-32));
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(..."AZaz09_-"), (index, char) => {
      const other = token.slice(0, index) + char + token.slice(index + 1);
      if (other !== token) expect(make().read(other)).toBe("bad");
    }),
  );
});

test.each([
  "",
  "x",
  `${"A".repeat(60)}`,
  `${make().sign(ID, "snooze")}=`,
  `${make().sign(ID, "snooze")}A`,
  "../../etc",
])("%s is none", (token) => {
  expect(make().read(token)).toBe("bad");
});
