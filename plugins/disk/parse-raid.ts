/** An array as /proc/mdstat shows it. */
interface RaidArray {
  readonly name: string;
  readonly active: boolean;
  readonly level: string;
  /** Members the array should have and those that work, as [3/2]; undefined where there is no redundancy. */
  readonly disks: { readonly total: number; readonly working: number } | undefined;
  readonly failed: readonly string[];
  readonly sync: { readonly action: string; readonly ratio: number | undefined } | undefined;
}

/** Reads /proc/mdstat: a line `md0 : active raid1 sdb1[1] sda1[0](F)` and what belongs to it, indented below. */
export function parseArrays(text: string): RaidArray[] {
  const arrays: RaidArray[] = [];
  for (const block of text.split(/\n(?=md[^\s]* : )/)) {
    const head = /^(md\S*) : (\S+)(.*)$/m.exec(block.startsWith("md") ? block : "");
    if (!head) continue;
    const [, name = "", state = "", rest = ""] = head;
    // "(read-only)" and "(auto-read-only)" stand before the level.
    const words = rest.split(" ").filter((word) => word !== "" && !word.startsWith("("));
    const [level = ""] = words.filter((word) => !word.includes("["));
    const disks = /\[(\d+)\/(\d+)\]/.exec(block);
    const running = /(recovery|resync|check|reshape|repair)\s*=\s*(?:([\d.]+)%|(\w+))/.exec(block);
    arrays.push({
      name,
      active: state === "active",
      level,
      disks: disks ? { total: Number(disks[1]), working: Number(disks[2]) } : undefined,
      failed: [...rest.matchAll(/(\S+)\[\d+\]\([^)]*F[^)]*\)/g)].map(([, disk = ""]) => disk),
      sync: running
        ? { action: running[1] ?? "", ratio: running[2] === undefined ? undefined : Number(running[2]) / 100 }
        : undefined,
    });
  }
  return arrays;
}

/** What /sys/block/mdN/md says; texts as read, undefined where the file is missing. */
interface ArrayFiles {
  readonly state?: string | undefined;
  readonly degraded?: string | undefined;
  readonly syncAction?: string | undefined;
  readonly syncCompleted?: string | undefined;
  readonly mismatches?: string | undefined;
}

interface ArrayState {
  readonly state: string;
  readonly degradedDisks: number;
  readonly healthy: boolean;
  readonly syncRatio: number | undefined;
  readonly syncAction: string;
  readonly mismatches: number | undefined;
}

/** States of md(4) in which an array serves nothing. */
const STOPPED = new Set(["inactive", "broken", "clear", "suspended"]);

/** Judges an array: sysfs knows more, mdstat stands in where sysfs cannot be read. */
export function judgeArray(array: RaidArray, files: ArrayFiles): ArrayState {
  const state = files.state?.trim() || (array.active ? "active" : "inactive");
  const lacking = array.disks ? array.disks.total - array.disks.working : array.failed.length;
  const degradedDisks = wholeNumber(files.degraded) ?? Math.max(0, lacking);
  const action = files.syncAction?.trim() || array.sync?.action || "idle";
  return {
    state,
    degradedDisks,
    healthy: degradedDisks === 0 && array.failed.length === 0 && array.active && !STOPPED.has(state),
    syncRatio:
      action === "idle" || action === "frozen" ? undefined : (doneRatio(files.syncCompleted) ?? array.sync?.ratio),
    syncAction: action,
    mismatches: wholeNumber(files.mismatches),
  };
}

/** "1234 / 5678" sectors; "none" or "delayed" when nothing moves. */
function doneRatio(text: string | undefined): number | undefined {
  const sectors = /^(\d+) \/ (\d+)/.exec(text ?? "");
  const total = Number(sectors?.[2] ?? 0);
  return total > 0 ? Math.min(1, Number(sectors?.[1]) / total) : undefined;
}

function wholeNumber(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? "";
  return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : undefined;
}
