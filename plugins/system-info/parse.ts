import { CollectError } from "../sdk";

const DIGITS = /^\d{1,20}$/;

/**
 * Reads /proc/meminfo (proc_meminfo(5)) into bytes by name; lines without a unit are plain counts.
 * @throws CollectError `parse` without a total
 */
export function parseMemory(text: string): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const [, name = "", amount, unit] of text.matchAll(/^([\w()]+):\s+(\d{1,15})( kB)?\s*$/gm))
    amounts.set(name, Number(amount) * (unit ? 1_024 : 1));
  if (!amounts.get("MemTotal")) throw new CollectError("parse", "it does not say how much memory there is.");
  return amounts;
}

/**
 * What programs can still get. Kernels before 3.14 do not say; then what is free or can be given up.
 * @param shrinkable of caches that the kernel does not know can shrink: the ARC of ZFS. Bytes
 */
export function availableMemory(amounts: ReadonlyMap<string, number>, shrinkable: number): number {
  const of = (name: string) => amounts.get(name) ?? 0;
  const available = amounts.get("MemAvailable") ?? of("MemFree") + of("Buffers") + of("Cached") - of("Shmem");
  return Math.min(of("MemTotal"), Math.max(0, available + shrinkable));
}

/** Reads arcstats of ZFS: the size of its cache, and what of it can shrink when memory is wanted. Bytes. */
export function parseArc(text: string): { size: number; shrinkable: number } | undefined {
  const [, size] = /^size +\d+ +(\d{1,20})$/m.exec(text) ?? [];
  const [, least] = /^c_min +\d+ +(\d{1,20})$/m.exec(text) ?? [];
  if (size === undefined || least === undefined) return undefined;
  return { size: Number(size), shrinkable: Math.max(0, Number(size) - Number(least)) };
}

/** @throws CollectError `parse` */
export function parseLoad(text: string): readonly { window: "1m" | "5m" | "15m"; load: number }[] {
  const [one, five, fifteen] = text.trim().split(/\s+/).map(decimal);
  if (one === undefined || five === undefined || fifteen === undefined)
    throw new CollectError("parse", "it does not begin with three numbers.");
  return [
    { window: "1m", load: one },
    { window: "5m", load: five },
    { window: "15m", load: fifteen },
  ];
}

/** Seconds since boot. @throws CollectError `parse` */
export function parseUptime(text: string): number {
  const seconds = decimal(text.trim().split(/\s+/)[0] ?? "");
  if (seconds === undefined) throw new CollectError("parse", "it does not begin with a number.");
  return seconds;
}

export interface Pressure {
  readonly kind: "some" | "full";
  /** Part of the last minute, 0 to 1. */
  readonly lastMinute: number;
  readonly stalledSeconds: number;
}

/** Reads a file of /proc/pressure (Documentation/accounting/psi.rst). @throws CollectError `parse` */
export function parsePressure(text: string): Pressure[] {
  const found = [...text.matchAll(/^(some|full) avg10=\S+ avg60=([\d.]+) avg300=\S+ total=(\d{1,20})$/gm)];
  const pressures = found.flatMap(([, kind, avg60 = "", total]) => {
    const percent = decimal(avg60);
    if (percent === undefined || percent > 100) return [];
    return [
      {
        kind: kind === "full" ? ("full" as const) : ("some" as const),
        lastMinute: percent / 100,
        stalledSeconds: Number(total) / 1_000_000,
      },
    ];
  });
  if (pressures.length === 0) throw new CollectError("parse", "it does not look like a file of pressure.");
  return pressures;
}

/** Reads lines of a name and a number, as /proc/vmstat; only the names asked for. */
export function parseNumbers(text: string, names: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const name of names) {
    const digits = new RegExp(`^${name} (\\d{1,20})$`, "m").exec(text)?.[1];
    if (digits !== undefined) numbers.set(name, Number(digits));
  }
  return numbers;
}

/**
 * Reads /proc/sys/fs/file-nr: allocated, unused (always 0), most. Without a limit the kernel writes the largest number.
 * @throws CollectError `parse`
 */
export function parseOpenFiles(text: string): { allocated: number; max: number | undefined } {
  const [allocated = "", unused = "", max = ""] = text.trim().split(/\s+/);
  if (![allocated, unused, max].every((column) => DIGITS.test(column)))
    throw new CollectError("parse", "it does not hold three numbers.");
  const limited = Number(max) <= Number.MAX_SAFE_INTEGER;
  return { allocated: Number(allocated) - Number(unused), max: limited ? Number(max) : undefined };
}

const decimal = (text: string) => (/^\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : undefined);
