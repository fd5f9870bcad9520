import { expect, test } from "vitest";
import { type Candidate, rankByQuestion, widen } from "./relevance";

const candidate = (metric: string, description: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ metric, description, labels: {} },
  plugin: { id: metric.split("_", 1)[0] ?? "", name: metric.split("_", 1)[0] ?? "" },
  instance: { name: "one", host: "nas" },
  ...more,
});
const free = candidate("disk_available_bytes", "Free for users without privileges.", { labels: { mount: "/srv" } });
const freeElsewhere = { ...free, instance: { name: "two", host: "pi" } };
const cpu = candidate("system_cpu_usage_ratio", "Part of the time that processors worked.");
const ends = candidate("certificate_remaining_seconds", "Time until the certificate expires.", {
  labels: { target: "cloud.example.org" },
});
const ALL = [cpu, ends, freeElsewhere, free];
const first = (question: string) => rankByQuestion(question, ALL)[0]?.item;

test.each([
  ["Which disk is full?", "disk_available_bytes"],
  ["how much space is left on /srv", "disk_available_bytes"],
  ["Was the processor busy last night?", "system_cpu_usage_ratio"],
  ["When does the TLS cert of cloud end?", "certificate_remaining_seconds"],
])("%s is about %s", (question, metric) => {
  expect(first(question)?.metric).toBe(metric);
});

test("of many alike, the one whose machine is named comes first", () => {
  expect(first("free space on pi")).toBe(freeElsewhere);
  expect(first("free space on nas")).toBe(free);
});

test("a question of other things finds nothing, and words that all sentences have count for nothing", () => {
  expect(rankByQuestion("what is the weather like", ALL)).toEqual([]);
  expect(rankByQuestion("", ALL)).toEqual([]);
  expect([...widen("the disks of my NAS").keys()]).toEqual(expect.arrayContaining(["disk", "volume", "nas"]));
});

test("the order does not hang on the order that they came in", () => {
  const names = (all: readonly Candidate[]) => rankByQuestion("disk cpu certificate", all).map(({ item }) => item);
  expect(names(ALL)).toEqual(names([...ALL].reverse()));
});
