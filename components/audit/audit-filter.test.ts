import { expect, test } from "vitest";
import { auditFilterParams, auditInput, isNarrowed, NO_AUDIT_FILTER, parseAuditFilter } from "./audit-filter";

const all = { who: "a&b c", what: "alerts.rule", outcome: "refused", range: "7d" } as const;

test("a filter comes back from its own address, and leaves the rest of it alone", () => {
  const params = auditFilterParams(all, new URLSearchParams("other=1&range=24h"));
  expect(parseAuditFilter(new URLSearchParams(params.toString()))).toEqual(all);
  expect(params.get("other")).toBe("1");
  expect(auditFilterParams(NO_AUDIT_FILTER, params).toString()).toBe("other=1");
});

test("what the server would refuse is no filter", () => {
  const filter = parseAuditFilter(new URLSearchParams("who=a%00b&what=a%25&outcome=odd&range=9y"));
  expect(filter).toEqual(NO_AUDIT_FILTER);
  expect(parseAuditFilter(new URLSearchParams(`who=${"x".repeat(5_000)}`)).who).toHaveLength(191);
  expect(isNarrowed(filter)).toBe(false);
  expect(isNarrowed({ ...filter, outcome: "failed" })).toBe(true);
});

test("asks the server for no more than was chosen", () => {
  expect(auditInput(NO_AUDIT_FILTER, 1_000)).toEqual({ limit: 50 });
  expect(auditInput(all, 700_000_000)).toEqual({
    actor: "a&b c",
    action: "alerts.rule",
    outcome: "refused",
    since: 700_000_000 - 604_800_000,
    limit: 50,
  });
});
