import { z } from "zod";

const nano = 1e9;
const count = z.number().nonnegative().nullish();

/** The part of /containers/{id}/stats that is read, of cgroup v1 and v2, Docker and Podman. */
const Stats = z.object({
  cpu_stats: z
    .object({
      cpu_usage: z.object({ total_usage: count }).nullish(),
      throttling_data: z.object({ throttled_time: count }).nullish(),
    })
    .nullish(),
  memory_stats: z
    .object({
      usage: count,
      limit: count,
      stats: z.object({ inactive_file: count, total_inactive_file: count }).nullish(),
    })
    .nullish(),
  networks: z.record(z.string(), z.object({ rx_bytes: count, tx_bytes: count })).nullish(),
  blkio_stats: z
    .object({ io_service_bytes_recursive: z.array(z.object({ op: z.string(), value: z.number() })).nullish() })
    .nullish(),
  pids_stats: z.object({ current: count }).nullish(),
});

/** Each is undefined when the engine does not say: a stopped container, the host's network, no accounting. */
export interface Usage {
  readonly cpuSeconds: number | undefined;
  readonly throttledSeconds: number | undefined;
  readonly workingSetBytes: number | undefined;
  readonly limitBytes: number | undefined;
  readonly receivedBytes: number | undefined;
  readonly sentBytes: number | undefined;
  readonly readBytes: number | undefined;
  readonly writtenBytes: number | undefined;
  readonly pids: number | undefined;
}

/** @returns undefined when the answer is no statistics at all */
export function parseUsage(answer: unknown): Usage | undefined {
  const parsed = Stats.safeParse(answer);
  if (!parsed.success) return undefined;
  const { cpu_stats: cpu, memory_stats: memory, networks, blkio_stats: block, pids_stats: pids } = parsed.data;
  const blocks = block?.io_service_bytes_recursive ?? [];
  return {
    cpuSeconds: divide(cpu?.cpu_usage?.total_usage, nano),
    throttledSeconds: divide(cpu?.throttling_data?.throttled_time, nano),
    workingSetBytes: workingSetOf(memory),
    limitBytes: memory?.limit || undefined,
    receivedBytes: sumOf(Object.values(networks ?? {}).map(({ rx_bytes }) => rx_bytes)),
    sentBytes: sumOf(Object.values(networks ?? {}).map(({ tx_bytes }) => tx_bytes)),
    readBytes: sumOf(blocks.filter(({ op }) => op.toLowerCase() === "read").map(({ value }) => value)),
    writtenBytes: sumOf(blocks.filter(({ op }) => op.toLowerCase() === "write").map(({ value }) => value)),
    pids: pids?.current ?? undefined,
  };
}

/** As the docker client does: cgroup v1 counts the hierarchy under `total_inactive_file`, v2 under `inactive_file`. */
function workingSetOf(memory: z.output<typeof Stats>["memory_stats"]): number | undefined {
  const usage = memory?.usage;
  if (usage === undefined || usage === null) return undefined;
  const cache = memory?.stats?.total_inactive_file ?? memory?.stats?.inactive_file ?? 0;
  return cache < usage ? usage - cache : usage;
}

function sumOf(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value) => typeof value === "number");
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

const divide = (value: number | null | undefined, by: number) =>
  value === null || value === undefined ? undefined : value / by;
