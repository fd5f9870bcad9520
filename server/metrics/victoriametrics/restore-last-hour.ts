import { HOUR_MS } from "../grid";
import type { Heads } from "../recent/heads";
import { type ReadNewest, restoreHeads } from "../recent/restore-heads";
import type { Latest } from "../store";
import { readSamples } from "./read-raw";
import { AHEAD_MS } from "./restore-latest";
import type { Server } from "./server";

/** At a sample in ten seconds. */
const SAMPLES_AN_HOUR = 360;

/** Puts the last hour in memory. Of very many series memory has less, and the server gives out windows: it is asked for a shorter one. */
export async function restoreLastHour(
  server: Server,
  heads: Heads,
  { latest, now, goOn }: { latest: ReadonlyMap<number, Latest>; now: number; goOn: () => boolean },
): Promise<void> {
  const hourFrom = now - HOUR_MS;
  const most = heads.partSamples([...latest.values()].filter(({ at }) => at >= hourFrom).length);
  const from = now - Math.floor(HOUR_MS * Math.min(1, most / SAMPLES_AN_HOUR));
  const readNewest: ReadNewest = (series) => readSamples(server, series, { from, to: now + AHEAD_MS });
  await restoreHeads(heads, readNewest, { latest, from, goOn });
}
