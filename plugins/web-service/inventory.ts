import type { Inventory } from "../sdk";
import type { Probed } from "./probe";

/** What was last seen of each endpoint. */
export function inventoryOf(probed: readonly Probed[]): Inventory {
  const rows = probed.map((one) => {
    const { label, target } = one.endpoint;
    const base = { endpoint: label, address: target.shown, kind: target.kind };
    if (!one.ok) return { ...base, state: "unknown", problem: messageOf(one.fault) };
    const { problems, facts } = one.verdict;
    const problem = problems.map(({ message }) => message).join(" ");
    return { ...base, state: problems.length === 0 ? "up" : "down", problem: problem.slice(0, 1_000), ...facts };
  });
  return { facts: { endpoints: rows.length }, lists: { endpoints: rows } };
}

const messageOf = (fault: unknown) => (fault instanceof Error ? fault.message : String(fault));
