import { printable } from "../sdk";
import type { CpuTime } from "./cpu-time";
import type { Seen } from "./read-processes";

/** What several processes use together. */
export interface Sum {
  readonly count: number;
  readonly threads: number;
  /** Since the last run; 0 when there was none. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** All processes of one name and user. */
export interface Program extends Sum {
  readonly comm: string;
  readonly user: string;
}

export const EMPTY: Sum = { count: 0, threads: 0, cpuSeconds: 0, memoryBytes: 0 };

/**
 * Memory of their own is added up. Files and shared memory are mostly the same in processes of one program (a database
 * with fifty connections has its cache once), so of these the largest counts.
 */
export function sumUp(processes: readonly Seen[], cpuTime: CpuTime | undefined): Sum {
  let [threads, cpuSeconds, anon, file, shmem] = [0, 0, 0, 0, 0];
  for (const process of processes) {
    threads += process.threads;
    cpuSeconds += cpuTime?.usedBy(process) ?? 0;
    anon += process.details?.anonBytes ?? 0;
    file = Math.max(file, process.details?.fileBytes ?? 0);
    shmem = Math.max(shmem, process.details?.shmemBytes ?? 0);
  }
  return { count: processes.length, threads, cpuSeconds, memoryBytes: anon + file + shmem };
}

export const addUp = (sums: readonly Sum[]): Sum =>
  sums.reduce(
    (total, sum) => ({
      count: total.count + sum.count,
      threads: total.threads + sum.threads,
      cpuSeconds: total.cpuSeconds + sum.cpuSeconds,
      memoryBytes: total.memoryBytes + sum.memoryBytes,
    }),
    EMPTY,
  );

/** A name as it may be shown: a program chooses its own, and may choose none. */
export const shownName = (comm: string) => printable(comm.trim()) || "(unnamed)";

/** Those that are programs at all: no threads of the kernel, and no zombies, which only wait to be taken leave of. */
export const isProgram = ({ kernel, state }: Seen) => !kernel && state !== "zombie";

/** Sums by name and user. @param userOf the name of a user id */
export function sumByProgram(
  processes: readonly Seen[],
  userOf: (uid: string) => string,
  cpuTime: CpuTime | undefined,
): Map<string, Program> {
  const groups = new Map<string, { comm: string; user: string; members: Seen[] }>();
  for (const process of processes) {
    const comm = shownName(process.comm);
    const user = userOf(process.details?.uid ?? "");
    const key = programKey(comm, user);
    const group = groups.get(key) ?? { comm, user, members: [] };
    group.members.push(process);
    groups.set(key, group);
  }
  return new Map(
    [...groups].map(([key, { comm, user, members }]) => [key, { comm, user, ...sumUp(members, cpuTime) }]),
  );
}

export const programKey = (comm: string, user: string) => `${comm}\n${user}`;
