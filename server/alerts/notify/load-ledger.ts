import type { Delivery } from "./delivery";
import type { DeliveryTable } from "./delivery-table";
import type { Ledger } from "./ledger";

const AT_ONCE = 500;
/** Of the newest deliveries: more than a year of a busy household's. Older ones are pruned also while their alerts stand. */
export const MOST_RECALLED = 5_000;

/** Reads what was told before. @returns what is not finished; what was being sent is sent again, under the same id */
export async function loadLedger(
  table: Pick<DeliveryTable, "log" | "unfinished">,
  ledger: Ledger,
  now: number,
): Promise<Delivery[]> {
  const told: Delivery[] = [];
  while (told.length < MOST_RECALLED) {
    const before = told.at(-1);
    const page = await table.log({ limit: AT_ONCE, ...(before ? { before } : {}) });
    told.push(...page);
    // A page may be short: what another version wrote and this one does not understand is left out of it.
    if (page.length === 0) break;
  }
  for (const delivery of told.reverse()) ledger.note(delivery);
  // Nothing more is to be said of what was told to be over.
  ledger.forget([...ledger.heard()].filter(({ event }) => event === "resolved"));
  const unfinished = await table.unfinished([]);
  return unfinished.map((one) => (one.state === "sending" ? { ...one, state: "waiting", dueAt: now } : one));
}
