import { z } from "zod";
import { parsePattern } from "../sdk";

export const SEVERITIES = ["debug", "info", "warning", "error", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

const text = (max: number) => z.string().trim().min(1).max(max);

/** A regular expression that `parsePattern` understands: bounded, so that no line can hold a run up. */
export const regex = () =>
  text(200).superRefine((source, issues) => {
    const message = findPatternProblem(source);
    if (message) issues.addIssue({ code: "custom", message });
  });

export const PatternSetting = z
  .object({
    name: text(60).meta({ title: "Name", placeholder: "login_failed" }),
    regex: regex().meta({
      title: "Pattern",
      description: "A regular expression without look-around and back references.",
      placeholder: "failed password for (?<user>\\S+)",
    }),
    severity: z.enum(SEVERITIES).default("warning").meta({ title: "Severity" }),
    ignoreCase: z.boolean().default(true).meta({ title: "Ignore case" }),
    extract: z.boolean().default(false).meta({
      title: "Count by value",
      description: "Counts the values of the named group, such as (?<user>\\S+), each: at most 50.",
    }),
  })
  .superRefine(({ regex: source, extract }, issues) => {
    if (extract && findPatternProblem(source) === undefined && parsePattern(source, "").groupName === undefined)
      issues.addIssue({
        code: "custom",
        path: ["extract"],
        message: "The pattern has no group such as (?<user>\\S+).",
      });
  });
export type PatternSetting = z.output<typeof PatternSetting>;

function findPatternProblem(source: string): string | undefined {
  try {
    parsePattern(source, "");
    return undefined;
  } catch (error) {
    return `The pattern ${error instanceof Error ? error.message : String(error)}.`;
  }
}

const pattern = (name: string, severity: Severity, source: string): PatternSetting => ({
  ...{ name, severity, regex: source },
  ignoreCase: true,
  extract: false,
});

/** What is worth a look in any log. */
export const DEFAULT_PATTERNS: readonly PatternSetting[] = [
  pattern("out_of_memory", "critical", "out of memory|killed process \\d+|oom-kill|\\bOOMKilled\\b"),
  pattern(
    "disk_error",
    "critical",
    "\\bi/o error|(ext4-fs|xfs|btrfs)\\b.{0,40}(error|corrupt)|blk_update_request|uncorrect(able|ed) error",
  ),
  pattern("disk_full", "critical", "no space left on device|\\bENOSPC\\b|disk quota exceeded"),
  pattern("segfault", "error", "segfault|segmentation fault|general protection fault"),
  pattern("certificate_expired", "error", "certificate (has )?expired|CERT_HAS_EXPIRED"),
  pattern(
    "stack_trace",
    "error",
    "traceback \\(most recent call last\\)|exception in thread|^goroutine \\d+ \\[|^panic: |^thread '.*' panicked|unhandled(promise)? ?rejection",
  ),
  pattern("error", "error", "\\b(error|err|fatal|crit|critical|emerg|emergency|exception)\\b"),
  pattern("permission_denied", "warning", "permission denied|access denied|operation not permitted|\\bEACCES\\b"),
  pattern(
    "connection_failed",
    "warning",
    "connection (was )?(refused|reset|timed out)|(failed|unable|could not|cannot) to? ?connect|no route to host|ECONNREFUSED|ETIMEDOUT",
  ),
];
