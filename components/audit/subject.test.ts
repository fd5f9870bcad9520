import { expect, test } from "vitest";
import { subjectHref, subjectName } from "./subject";

const line = { action: "channels.update", outcome: "done", actorId: "a1", subjectId: "c/1", subject: "Phone" } as const;

test.each([
  ["channels.update", "c/1", "/alerts/channels/c%2F1"],
  ["channels.remove", "c/1", null],
  ["channels.create", null, null],
  ["plugins.runNow", "i1", "/instances/i1"],
  ["alerts.acknowledge", "x", "/alerts/x"],
  ["alerts.rule.update", "disk/full", "/alerts/rules/disk/full"],
  ["alerts.override.update", "o1", "/alerts/rules/Phone"],
  ["alerts.import", null, "/alerts/rules"],
  ["notifications.setRoutes", null, "/alerts/notifications"],
  ["notifications.act", "x", "/alerts/x"],
  ["people.remove", "p1", "/settings/people"],
  ["backup.download", null, "/settings/backup"],
  ["mcp.status", null, "/settings/assistants"],
  ["other-site", null, null],
  ["constructor.x", "p1", null],
  ["sign-in", "p1", null],
])("%s of %s leads to %s", (action, subjectId, href) => {
  expect(subjectHref({ ...line, action, subjectId })).toBe(href);
});

test("what was not deleted after all has its page still", () => {
  expect(subjectHref({ ...line, action: "channels.remove", outcome: "refused" })).toBe("/alerts/channels/c%2F1");
});

test("says what it was done to, unless that is oneself or said already", () => {
  expect(subjectName(line)).toBe("Phone");
  expect(subjectName({ ...line, action: "sign-in", subjectId: "a1" })).toBeNull();
  expect(subjectName({ ...line, action: "sign-in", actorId: null, subjectId: null })).toBe("Phone");
  expect(subjectName({ ...line, action: "people.update", subjectId: "a1" })).toBe("Phone");
  expect(subjectName({ ...line, action: "people.role", subjectId: "a1" })).toBeNull();
  expect(subjectName({ ...line, action: "backup.download", subjectId: null })).toBe("Phone");
  expect(subjectName({ ...line, action: "storage.keep", subjectId: null })).toBeNull();
});
