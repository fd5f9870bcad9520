import { expect, test } from "vitest";
import { composeMessage } from "./compose";
import type { Delivery } from "./delivery";
import { createLedger } from "./ledger";
import { loadLedger } from "./load-ledger";
import { FACTS, makeAlert, makeRoute, START } from "./test-lead";

const WORDING = { factsOf: () => FACTS, publicUrl: "", link: () => "" };

function delivery(key: string, at: number): Delivery {
  const tells = [{ event: "firing", alert: makeAlert(key, at) }] as const;
  const message = composeMessage({ id: key, groupKey: "g", route: makeRoute(), tells, others: 0, now: at }, WORDING);
  const told = { routeId: "r1", tells, others: 0 };
  const end = { state: "sent", attempts: 1, answer: "ok", finishedAt: at } as const;
  return { id: key, channelId: "mail", groupKey: "g", dueAt: at, createdAt: at, message, told, ...end };
}

test("what was told long ago is known also behind what cannot be understood", async () => {
  // Of the first page one is of another version.
  const stored = [delivery("new", START + 2), undefined, delivery("old", START)];
  const ledger = createLedger();
  const unfinished = await loadLedger(
    {
      async log({ before }) {
        const from = before ? stored.findIndex((one) => one?.id === before.id) + 1 : 0;
        return stored.slice(from, from + 2).flatMap((one) => one ?? []);
      },
      unfinished: async () => [],
    },
    ledger,
    START + 3,
  );
  expect([...ledger.heard()].map(({ alert }) => alert.key)).toEqual(["old", "new"]);
  expect(unfinished).toEqual([]);
});
