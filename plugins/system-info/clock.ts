import type { CollectContext, ExecAnswer, Report } from "../sdk";
import { CLOCK_SECONDS, type SystemMetrics } from "./metrics";
import { parseChrony, parseTimesyncd } from "./parse-clock";
import { exists, orElse } from "./read-parts";

/** A time service that does not answer its own tool at once is not worth waiting for. */
const TOOL_MS = 2_000;

/** Reports how far the clock is off, where chrony or systemd-timesyncd keeps it and has found out. */
export async function collectClock(context: CollectContext, report: Report<SystemMetrics>): Promise<void> {
  if (!context.memory.due("clock", CLOCK_SECONDS)) return;
  const run = (tool: string, ...args: string[]) =>
    orElse<ExecAnswer | undefined>(context, undefined, () => context.exec(tool, args, { timeoutMs: TOOL_MS }));

  const chrony = await run("chronyc", "-c", "-n", "tracking");
  let offset = chrony?.code === 0 ? parseChrony(chrony.stdout) : undefined;
  // Asking would start a service where timesyncd is not in use.
  if (offset === undefined && (await exists(context, "/run/systemd/timesync"))) {
    const timesyncd = await run("timedatectl", "timesync-status");
    offset = timesyncd?.code === 0 ? parseTimesyncd(timesyncd.stdout) : undefined;
  }
  if (offset !== undefined) report("system_clock_offset_seconds", offset);
}
