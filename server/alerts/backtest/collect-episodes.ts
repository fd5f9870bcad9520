import type { Alert, Transition } from "../shapes/alert";
import type { Episode } from "../shapes/backtest";

/** Listed at most; all of them are counted. */
const MOST_LISTED = 500;

interface Counted {
  readonly episodes: readonly Episode[];
  readonly count: number;
  readonly firingMs: number;
}

/** Makes one line of each time that an alert fired. What was over before `from` is left out. */
export function createEpisodes(from: number) {
  let episodes: Episode[] = [];
  let [count, firingMs] = [0, 0];

  function add(alert: Alert, to: number | null, now: number): void {
    if (alert.firedAt === null || (to !== null && to <= from)) return;
    const { instanceId, labels, metric, limit, worst } = alert;
    const since = Math.max(from, alert.firedAt);
    count += 1;
    firingMs += (to ?? now) - since;
    keep([{ instanceId, labels, from: since, to, metric, limit, worst }]);
  }
  function keep(more: readonly Episode[]): void {
    episodes.push(...more);
    if (episodes.length > 4 * MOST_LISTED) episodes = newest();
  }
  const newest = () => episodes.sort((one, other) => other.from - one.from).slice(0, MOST_LISTED);

  return {
    add(transitions: readonly Transition[]): void {
      for (const { alert, from: phase, at } of transitions) if (phase === "firing") add(alert, at, at);
    },
    /** What still fires at the end. */
    end(open: readonly Alert[], now: number): void {
      for (const alert of open) add(alert, null, now);
    },
    merge(other: Counted): void {
      count += other.count;
      firingMs += other.firingMs;
      keep(other.episodes);
    },
    result: (): Counted => ({ episodes: newest(), count, firingMs }),
  };
}
