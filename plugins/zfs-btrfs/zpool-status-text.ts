import { parseAmount, parseInstant } from "./parse-amount";
import type { Device, Scan } from "./pool";
import { isGone, isWell, VDEV_STATES } from "./vdev-state";
import type { PoolStatus } from "./zpool-status";

const ROW = new RegExp(
  `^\\t( *)(\\S.*?) +(${VDEV_STATES.join("|")})(?: +([\\d.]+[KMGTPE]?) +([\\d.]+[KMGTPE]?) +([\\d.]+[KMGTPE]?))?(?: .*)?$`,
);

/**
 * Reads the text of `zpool status`, with `-p` (exact numbers) or without, of every age: `scan:` was `scrub:` until 2010, and is in
 * zfs-fuse. Sections are `name: text`, lines that go on begin with a tab.
 */
export function parseStatusText(text: string): PoolStatus[] {
  return text
    .split(/^ *pool: /m)
    .slice(1)
    .map(parsePool);
}

function parsePool(block: string): PoolStatus {
  const [name = "", ...rest] = block.split("\n");
  const sections = splitSections(rest);
  const { devices, missing } = parseConfig(sections.get("config") ?? []);
  return {
    name: name.trim(),
    state: textOf(sections, "state") || "UNKNOWN",
    status: textOf(sections, "status") || undefined,
    scan: parseScan(sections.get("scan") ?? sections.get("scrub")),
    devices,
    devicesMissing: missing,
    dataErrors: parseErrors(textOf(sections, "errors")),
  };
}

function splitSections(lines: readonly string[]): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    const heading = /^ *([a-z]+):(?: (.*))?$/.exec(line);
    if (heading?.[1]) {
      current = [heading[2] ?? ""];
      // A pool that resilvers sequentially has more than one `scan:`; the first is the scrub.
      if (!sections.has(heading[1])) sections.set(heading[1], current);
    } else current.push(line);
  }
  return sections;
}

const textOf = (sections: ReadonlyMap<string, readonly string[]>, name: string) =>
  (sections.get(name) ?? []).join(" ").replace(/\s+/g, " ").trim();

/** The first row is the pool itself; `logs`, `cache` and `spares` are headings without a state. Names may hold blanks. */
function parseConfig(lines: readonly string[]): { devices: Device[]; missing: number } {
  const rows = lines.flatMap((line) => {
    const match = ROW.exec(line);
    return match
      ? [{ depth: match[1]?.length ?? 0, name: match[2] ?? "", state: match[3] ?? "", counts: match.slice(4, 7) }]
      : [];
  });
  const devices = new Map<string, Device>();
  const missing = new Set<string>();
  for (const [index, { depth, name, state, counts }] of rows.entries()) {
    if (index === 0) continue;
    const isLeaf = (rows[index + 1]?.depth ?? 0) <= depth;
    if (isLeaf && isGone(state)) missing.add(name);
    if (!devices.has(name)) devices.set(name, { name, state, healthy: isWell(state), errors: errorsOf(counts) });
  }
  return { devices: [...devices.values()], missing: missing.size };
}

function errorsOf(counts: readonly (string | undefined)[]): Record<string, number> {
  const errors: Record<string, number> = {};
  for (const [index, kind] of ["read", "write", "checksum"].entries()) {
    const count = parseAmount(counts[index]);
    if (count !== undefined) errors[kind] = Math.round(count);
  }
  return errors;
}

/** "No known data errors", "12 data errors, use '-v' for a list", "List of errors unavailable: permission denied". */
function parseErrors(text: string): number | undefined {
  if (/^no known data errors/i.test(text)) return 0;
  const count = /^(\d+) (?:data )?errors?/i.exec(text)?.[1];
  return count === undefined ? undefined : Number(count);
}

/**
 * "scrub repaired 0B in 00:12:33 with 0 errors on Sun Aug  9 00:36:34 2026", "scrub in progress since ...", "scrub paused since ...",
 * "scrub canceled on ...", "resilvered 1.2G in ...", and before 2010 "scrub completed after 0h0m with 0 errors on ...".
 */
function parseScan(lines: readonly string[] | undefined): Scan | undefined {
  if (!lines) return undefined;
  const text = lines.join(" ").replace(/\s+/g, " ").trim();
  const kind = /^(?:thorough )?scrub /.test(text) ? "scrub" : /^resilver/.test(text) ? "resilver" : "none";
  const running = / in progress/.test(text);
  const progress = /([\d.]+)% done/.exec(text)?.[1];
  const done = /^(?:thorough )?scrub (?:repaired|completed).* with (\d+) errors on (.+)$/.exec(text);
  return {
    kind,
    running,
    finishedAt: parseInstant(done?.[2]),
    progressRatio: running && progress !== undefined ? Number(progress) / 100 : undefined,
    errors: done?.[1] === undefined ? {} : { uncorrectable: Number(done[1]) },
  };
}
