import { expect, test } from "vitest";
import { historyFilterParams, historyInput, isNarrowed, NO_HISTORY_FILTER, parseHistoryFilter } from "./history-filter";

const all = { severity: "critical", instance: "i1", rule: "disk/disk_full", range: "7d", text: "a&b c" } as const;

test("a filter comes back from its own address, and leaves the rest of it alone", () => {
  const params = historyFilterParams(all, new URLSearchParams("other=1&range=24h"));
  expect(parseHistoryFilter(new URLSearchParams(params.toString()))).toEqual(all);
  expect(params.get("other")).toBe("1");
  expect(historyFilterParams(NO_HISTORY_FILTER, params).toString()).toBe("other=1");
});

test("what an address cannot mean is no filter, and nothing is without end", () => {
  const filter = parseHistoryFilter(new URLSearchParams(`severity=loud&range=9y&q=${"x".repeat(5_000)}`));
  expect(filter).toEqual({ ...NO_HISTORY_FILTER, text: "x".repeat(200) });
  expect(isNarrowed(filter)).toBe(true);
  expect(isNarrowed(NO_HISTORY_FILTER)).toBe(false);
});

test("asks the server for no more than was chosen", () => {
  expect(historyInput(NO_HISTORY_FILTER, 1_000)).toEqual({ text: "" });
  expect(historyInput(all, 700_000_000)).toEqual({
    severity: "critical",
    instance: "i1",
    rule: "disk/disk_full",
    from: 700_000_000 - 604_800_000,
    text: "a&b c",
  });
});
