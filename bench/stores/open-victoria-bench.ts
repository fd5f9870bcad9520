import { setTimeout as pause } from "node:timers/promises";
import { startStore } from "../../scripts/stores/start-store.mjs";
import type { MetricStore } from "../../server/metrics/store";
import type { SeriesNames } from "../../server/metrics/victoriametrics/labels";
import { openVictoriametricsStore } from "../../server/metrics/victoriametrics/victoriametrics-store";
import { nameSeries } from "../load/samples";
import type { BenchStore } from "./open-bench-store";

/** What came in within the last minute the server may not show yet: in life that is a minute's samples, here it is all of them. */
const SHOWN_AFTER_MS = 65_000;

/** Unity's store on a VictoriaMetrics of this machine. Its samples are of long ago: all are read when it opens, where life reads a week. */
export async function openVictoriaBench(): Promise<BenchStore> {
  const server = await startStore("victoriametrics", { durable: true, memoryMb: 2_048 });
  const open = () =>
    openVictoriametricsStore({ url: server.url, database: "bench", latestWithinMs: Date.now(), nameSeries: nameAll });
  let store = await open();
  return {
    get store(): MetricStore {
      return store;
    },
    pid: server.pid,
    ripen: () => pause(SHOWN_AFTER_MS),
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async close() {
      await store.close();
      await server.stop();
    },
  };
}

const nameAll = async (series: readonly number[]) => new Map(series.map((id) => [id, namesOf(id)]));

function namesOf(id: number): SeriesNames {
  const { instance, metric } = nameSeries(id);
  return { metric: `bench_metric_${metric}`, plugin: "bench", instance: `${instance}`, host: "nas", labels: {} };
}
