/** zpoolconcepts(7). AVAIL and INUSE are a spare's. */
export const VDEV_STATES = [
  "ONLINE",
  "DEGRADED",
  "FAULTED",
  "OFFLINE",
  "REMOVED",
  "UNAVAIL",
  "SUSPENDED",
  "HEALTHY",
  "AVAIL",
  "INUSE",
  "CANT_OPEN",
  "SPLIT",
] as const;

const WELL: ReadonlySet<string> = new Set(["ONLINE", "HEALTHY", "AVAIL", "INUSE"]);
const GONE: ReadonlySet<string> = new Set(["REMOVED", "UNAVAIL", "CANT_OPEN"]);

export const isWell = (state: string) => WELL.has(state);
/** Not there, as opposed to there and failing, or taken offline on purpose. */
export const isGone = (state: string) => GONE.has(state);
