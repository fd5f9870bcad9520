/** So many entries of the history are looked at: an old failure is some day out of it. */
export const HISTORY_LENGTH = 50;

/** How many of the newest entries failed. @param entries newest first */
export function failedAmong<T>(entries: readonly T[], isFailed: (entry: T) => boolean): number {
  return entries.slice(0, HISTORY_LENGTH).filter(isFailed).length;
}
