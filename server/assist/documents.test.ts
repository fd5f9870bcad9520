import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AlertAnalysis } from "./shapes/alert-analysis";
import { MetricDocuments } from "./shapes/metric-document";
import { QueryContext } from "./shapes/query-context";
import { DAY_MS, NOW, openKnownUnity } from "./test-known-unity";

describe("of a known Unity", () => {
  let known: Awaited<ReturnType<typeof openKnownUnity>>;
  beforeAll(async () => {
    known = await openKnownUnity();
  }, 60_000);
  afterAll(() => known.close());
  const day = { from: NOW - DAY_MS, to: NOW };

  test("a metric document says in one sentence what was measured, of what, and of how much", async () => {
    const asked = { plugins: ["disk"], metrics: ["disk_available_bytes"], limit: 10 };
    const found = MetricDocuments.parse(await known.unity.assist.documents(asked));
    const srv = found.documents.find(({ labels }) => labels.mount === "/srv");
    expect(srv).toMatchObject({
      plugin: { id: "disk", name: "Disk" },
      instance: { name: "nas disks", host: "nas" },
      ...{ unit: "bytes", text: "120 GiB", tags: ["home"] },
      collection: { intervalSeconds: 300, outcome: "ok", fresh: true, ageSeconds: 900 },
    });
    expect(srv?.sentence).toBe(
      "nas disks on nas, mount=/srv, device=/dev/4, fstype=ext4: free for users without privileges: 120 GiB of 0.977 TiB.",
    );
    expect(found).toMatchObject({ at: NOW, total: 43 });
  });

  test("what is old is said to be stale", async () => {
    const asked = { plugins: ["disk"], metrics: ["disk_available_bytes"], limit: 1_000 };
    const { documents } = await known.unity.assist.documents(asked);
    const old = documents.find(({ instance }) => instance.host === "node-1");
    expect(old?.collection.fresh).toBe(false);
    expect(old?.sentence).toContain("It is stale: measured 1 h ago.");
  });

  test("a question's context holds the course of what it speaks of", async () => {
    const asked = { question: "How busy was the processor of nas?", plugins: [], limit: 5, ...day };
    const context = QueryContext.parse(await known.unity.assist.context(asked));
    expect(context.metrics[0]).toMatchObject({
      ...{ metric: "system_cpu_usage_ratio", instance: { host: "nas" }, unit: "ratio", max: 0.97 },
      current: { fresh: true },
      trend: { direction: "steady" },
    });
    expect(context.plugins[0]).toMatchObject({ id: "system-info" });
    expect(context.words).toEqual(expect.arrayContaining(["processor", "cpu"]));
  });

  test("a question that nothing is known of is answered by the main figures", async () => {
    const { metrics } = await known.unity.assist.context({ question: "hm", plugins: [], limit: 5, ...day });
    expect(metrics).toHaveLength(5);
    expect(metrics[0]).toMatchObject({ relevance: 0, words: [] });
  });

  test("an alert on what never moves is told so, and that there is no hurry", async () => {
    const analysis = AlertAnalysis.parse(await known.unity.assist.analyse(known.alertId));
    expect(analysis).toMatchObject({
      ...{ metric: "disk_used_ratio", current: { text: "85%" }, threshold: { text: "80%", comparison: "above" } },
      baseline: { median: 0.85, days: 8 },
      trend: { direction: "steady", secondsToThreshold: null },
      suggestion: { id: "disk-full" },
    });
    expect(analysis.suggestion.evidence[0]).toBe("It is 85%; the rule fires when it is above 80%.");
  });

  test("an alert that is over is looked at as of when it fired", async () => {
    const events = await known.unity.alerts.history({ limit: 20 });
    const warm = events.find(({ event, details }) => event === "firing" && details.ruleName === "Too warm");
    const analysis = await known.unity.assist.analyse(warm?.alertId ?? "");
    expect(analysis.at).toBe(warm?.at);
    expect(analysis.baseline?.median).toBeCloseTo(42, 0);
    // Far beyond what is usual at that hour.
    expect(analysis.baseline?.distance).toBeGreaterThan(20);
    expect(analysis.suggestion.id).toBe("temperature");
  });

  test("the same is said each time", async () => {
    expect(await known.unity.assist.analyse(known.alertId)).toEqual(await known.unity.assist.analyse(known.alertId));
    await expect(known.unity.assist.analyse("nothing")).rejects.toThrow("no such alert");
  });
});
