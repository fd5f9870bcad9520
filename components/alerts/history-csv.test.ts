import { expect, test } from "vitest";
import { historyCsv } from "./history-csv";
import { pastAlert } from "./test-past-alert";

test("one row an alert, all of it, in base units and UTC", () => {
  const acknowledged = { by: "somebody", at: Date.UTC(2026, 10, 26, 3, 12), note: "on it" };
  const [head, row] = historyCsv([pastAlert({ acknowledged, notes: ["done"] })]).split(/\r\n/);
  expect(head).toBe(
    "fired,ended,lasted (s),severity,summary,rule,rule id,instance,instance id,host,plugin,labels,metric,unit,value,limit,worst,ended because,ended by,acknowledged,acknowledged by,notes,alert id",
  );
  expect(row).toBe(
    '2026-11-26T03:10:00.000Z,2026-11-26T03:40:00.000Z,1800,critical,/srv on nas is 93% full,Disk full,disk/disk_full,nas,i1,attic,disk,mount=/srv,disk_used_ratio,ratio,0.93,0.9,0.97,measured,,2026-11-26T03:12:00.000Z,somebody,"on it\ndone",01',
  );
});

test("what still fires has no end, and what was removed no name", () => {
  const csv = historyCsv([pastAlert({ endedAt: null, cause: null, instanceName: null, host: null, plugin: null })]);
  expect(csv.split("\r\n")[1]).toMatch(/^2026-11-26T03:10:00.000Z,,,critical,\/srv on A removed instance is/);
});

test("names that would be formulas are text", () => {
  const csv = historyCsv([pastAlert({ instanceName: '=HYPERLINK("http://x")', labels: { "=a": "+b" } })]);
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(csv).toContain("'=a=+b");
});
