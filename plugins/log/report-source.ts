import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import { judgeBurst } from "./error-burst";
import type { metrics } from "./metrics";
import type { PatternSetting } from "./patterns";
import type { FilesSeen } from "./read-files";
import { PRIORITIES, type Source } from "./sources";
import { DROP_REASONS, type SourceState } from "./state";

/**
 * Reports the totals of a source, also those that are 0: a first match must be seen to have grown.
 *
 * @param files of a source that is files and could be read
 */
export function reportSource(
  { now }: Pick<CollectContext<Config>, "now">,
  report: Report<typeof metrics>,
  patterns: readonly PatternSetting[],
  { name: source, type, expectEverySeconds }: Source,
  state: SourceState,
  files: FilesSeen | undefined,
): void {
  report("log_lines_total", state.lines, { source });
  report("log_bytes_total", state.bytes, { source });
  for (const reason of DROP_REASONS) report("log_lines_dropped_total", state.dropped[reason], { source, reason });
  reportMatches(report, patterns, source, state);
  if (type === "journal")
    for (const priority of PRIORITIES)
      report("log_priority_lines_total", state.priorities[priority] ?? 0, { source, priority });
  else report("log_rotations_total", state.rotations, { source });
  if (files) {
    report("log_file_bytes", files.bytes, { source });
    report("log_lag_bytes", files.unreadBytes, { source });
    report("log_files_truncated", files.truncated ? 1 : 0, { source });
  }
  if (state.lastLineAt !== undefined) report("log_last_line_timestamp_seconds", state.lastLineAt / 1_000, { source });
  if (expectEverySeconds !== undefined) {
    const silentMs = now - (state.lastLineAt ?? state.startedAt);
    report("log_silent", silentMs > expectEverySeconds * 1_000 ? 1 : 0, { source });
  }
  const { recent, limit } = judgeBurst(state.errors, now, state.startedAt);
  report("log_errors_recent", recent, { source });
  report("log_errors_burst", limit, { source });
}

function reportMatches(
  report: Report<typeof metrics>,
  patterns: readonly PatternSetting[],
  source: string,
  state: SourceState,
): void {
  for (const { name: pattern, severity, extract } of patterns) {
    report("log_matches_total", state.matches[pattern] ?? 0, { source, pattern, severity });
    const at = state.lastMatchAt[pattern];
    if (at !== undefined) report("log_last_match_timestamp_seconds", at / 1_000, { source, pattern });
    if (!extract) continue;
    for (const [value, count] of Object.entries(state.extracted[pattern] ?? {}))
      report("log_extracted_total", count, { source, pattern, value });
  }
}
