import type { Report } from "../sdk";
import type { SystemMetrics } from "./metrics";
import { availableMemory, parseArc, parseMemory } from "./parse";

/**
 * Reports what /proc/meminfo holds.
 * @param arcText arcstats of ZFS, "" without: its cache shrinks when memory is wanted, but the kernel counts it as used
 * @returns bytes of memory and swap
 */
export function reportMemory(
  report: Report<SystemMetrics>,
  text: string,
  arcText: string,
): { memory: number; swap: number } {
  const amounts = parseMemory(text);
  const arc = parseArc(arcText);
  const total = amounts.get("MemTotal") ?? 0;
  const available = availableMemory(amounts, arc?.shrinkable ?? 0);
  report("system_memory_total_bytes", total);
  report("system_memory_available_bytes", available);
  report("system_memory_used_bytes", total - available);
  report("system_memory_used_ratio", (total - available) / total);
  const cached = amounts.get("Cached");
  if (cached !== undefined) report("system_memory_cached_bytes", cached);
  const buffers = amounts.get("Buffers");
  if (buffers !== undefined) report("system_memory_buffers_bytes", buffers);
  if (arc) report("system_memory_zfs_arc_bytes", arc.size);

  const [swap, swapFree] = [amounts.get("SwapTotal"), amounts.get("SwapFree")];
  if (swap === undefined || swapFree === undefined) return { memory: total, swap: 0 };
  const used = Math.max(0, swap - swapFree);
  report("system_swap_total_bytes", swap);
  report("system_swap_used_bytes", used);
  // A machine without swap has no part of it in use.
  if (swap > 0) report("system_swap_used_ratio", used / swap);
  return { memory: total, swap };
}
