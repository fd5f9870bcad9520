import { startStore } from "../../scripts/stores/start-store.mjs";
import type { Latest, SampleBatch } from "../../server/metrics/store";
import { connectTo } from "../../server/metrics/victoriametrics/connection";
import { createPromql, type Found } from "../../server/metrics/victoriametrics/promql";
import { createRequestWriter, HEADERS, type Labels } from "../../server/metrics/victoriametrics/remote-write";
import { nameSeries } from "../load/samples";
import { createDisk, type Disk } from "./disk";

export const PEERS = ["victoriametrics", "prometheus"] as const;
export type PeerName = (typeof PEERS)[number];

/** A bucket's average, minimum and maximum by its first instant. */
export interface Bucket {
  readonly at: number;
  readonly avg: number;
  readonly min: number;
  readonly max: number;
}

/** A time-series database that is asked what Unity's stores are asked, over HTTP as Unity would. */
export interface Peer {
  /** One request of remote write. Of each series in order of time. */
  write(batch: SampleBatch): Promise<void>;
  /** Everything written is seen by what is asked afterwards. */
  flush(): Promise<void>;
  /** Values not older than five minutes at that instant. */
  latest(at: number): Promise<Latest[]>;
  /** The samples of one series, `from` exclusive, `to` inclusive. */
  raw(series: number, range: { from: number; to: number }): Promise<Omit<Latest, "series">[]>;
  /** Buckets from `from` on until before `to`, both multiples of `stepMs`; those without a sample are left out. Three questions. */
  buckets(
    series: readonly number[],
    range: { from: number; to: number; stepMs: number },
  ): Promise<Map<number, Bucket[]>>;
  /** The instances with the largest average of a metric in the hour before. */
  top(metric: number, at: number, limit: number): Promise<{ instance: number; value: number }[]>;
  /** All samples in the 31 days before. */
  count(at: number): Promise<number>;
  close(): void;
}

export interface LocalPeer extends Peer {
  readonly pid: number;
  readonly disk: Disk;
  stop(): Promise<void>;
}

/** Starts one of this machine, as people run it. @throws Error in words when it is not installed */
export async function startPeer(name: PeerName, memoryMb = 2_048): Promise<LocalPeer> {
  const { url, pid, folder, stop } = await startStore(name, { durable: true, memoryMb });
  const peer = connectPeer(name, url);
  return {
    ...peer,
    pid,
    disk: createDisk(name, { url, folder }),
    async stop() {
      peer.close();
      await stop();
    },
  };
}

export function connectPeer(name: PeerName, url: string): Peer {
  const connection = connectTo(url);
  const { query, queryRange } = createPromql(connection);
  const toRequest = createRequestWriter(labelsOf);
  return {
    async write(batch) {
      await connection.send("POST", "/api/v1/write", toRequest(batch), HEADERS);
    },
    async flush() {
      // Prometheus shows at once what it has said yes to.
      if (name === "victoriametrics") await connection.send("GET", "/internal/force_flush");
    },
    async latest(at) {
      return (await query(`{__name__=~"bench_.*"}`, at)).map((found) => ({
        series: seriesOf(found),
        ...lastOf(found),
      }));
    },
    async raw(series, { from, to }) {
      const found = await query(`{series="${series}"}[${to - from}ms]`, to);
      return found.flatMap(({ points }) => points.map(toSample));
    },
    async buckets(series, { from, to, stepMs }) {
      const which = `{series=~"${series.join("|")}"}[${stepMs}ms]`;
      // A bucket ends before its last millisecond does: the sample at the first instant of the next is not its own.
      const range = { from: from + stepMs - 1, to: to - 1, stepMs };
      const answers: Found[][] = [];
      for (const figure of ["avg", "min", "max"])
        answers.push(await queryRange(`${figure}_over_time(${which})`, range));
      return joinBuckets(answers, stepMs);
    },
    async top(metric, at, limit) {
      const answer = await query(`topk(${limit}, avg by (instance) (avg_over_time(${nameOf(metric)}[1h])))`, at);
      return answer.map((found) => ({ instance: Number(found.metric.instance), value: lastOf(found).value }));
    },
    async count(at) {
      const [total] = await query(`sum(count_over_time({__name__=~"bench_.*"}[31d]))`, at);
      return total ? lastOf(total).value : 0;
    },
    close: connection.close,
  };
}

const nameOf = (metric: number) => `bench_metric_${metric}`;

/** As Unity's series are told apart: by metric and instance. The number is there to ask for one. */
function labelsOf(series: number): Labels {
  const { instance, metric } = nameSeries(series);
  return [
    ["__name__", nameOf(metric)],
    ["instance", String(instance)],
    ["series", String(series)],
  ];
}

const seriesOf = ({ metric }: Found) => Number(metric.series);
const toSample = ([at, value]: readonly [number, string]) => ({ at: Math.round(at * 1_000), value: Number(value) });

function lastOf({ points }: Found): { at: number; value: number } {
  const last = points.at(-1);
  return last ? toSample(last) : { at: Number.NaN, value: Number.NaN };
}

function joinBuckets(
  [averages = [], minima = [], maxima = []]: readonly Found[][],
  stepMs: number,
): Map<number, Bucket[]> {
  const columnOf = (found: readonly Found[], series: number) =>
    found.find((one) => seriesOf(one) === series)?.points ?? [];
  return new Map(
    averages.map((found) => {
      const series = seriesOf(found);
      const min = columnOf(minima, series);
      const max = columnOf(maxima, series);
      const buckets = found.points.map((point, index) => {
        const { at, value } = toSample(point);
        return { at: at + 1 - stepMs, avg: value, min: Number(min[index]?.[1]), max: Number(max[index]?.[1]) };
      });
      return [series, buckets] as const;
    }),
  );
}
