import { compareToHabit } from "../habit";
import { type Lookback, lengthOf, type Source } from "../lookback";
import { createWindow, type SeriesWindow } from "../window";

const HOUR_MS = 3_600_000;

/** Averages of a series by the hour, NaN where nothing was measured. */
export interface Hours {
  readonly from: number;
  readonly avg: Float64Array;
}

/** What rules remember while the past is played back: nothing but what has passed, and hours that were read before. */
export function createReplayMemory(hours: ReadonlyMap<number, Hours>): Lookback {
  const windows = new Map<number, Map<number, SeriesWindow>>();
  /** By series and days, of which there are at most 28. */
  const usual = new Map<number, { hour: number; values: readonly number[] }>();

  function windowOf({ series, take, maxStepMs }: Source): SeriesWindow {
    const mine = windows.get(series) ?? new Map<number, SeriesWindow>();
    windows.set(series, mine);
    const ms = lengthOf(take);
    const one = mine.get(ms) ?? createWindow(ms, maxStepMs);
    mine.set(ms, one);
    return one;
  }

  function habit(series: number, days: number, now: number): readonly number[] {
    const hour = Math.floor(now / HOUR_MS);
    const key = series * 32 + days;
    const known = usual.get(key);
    if (known?.hour === hour) return known.values;
    const mine = hours.get(series);
    const values: number[] = [];
    for (let day = days; mine && day > 0; day--) {
      const value = mine.avg[hour - day * 24 - mine.from / HOUR_MS];
      if (value !== undefined && !Number.isNaN(value)) values.push(value);
    }
    usual.set(key, { hour, values });
    return values;
  }

  return {
    push(series, at, value) {
      for (const one of windows.get(series)?.values() ?? []) one.push(at, value);
    },
    read(source, now, value) {
      const { take, series } = source;
      if (take.kind === "last") return value;
      if (take.kind === "ratio" || take.kind === "score")
        return compareToHabit(take.kind, value, habit(series, take.days, now));
      const window = windowOf(source);
      // Its first sample came before anybody looked back.
      window.push(now, value);
      return take.kind === "forecast"
        ? window.forecast(now, take.seconds * 1_000)
        : window.read(take.kind, now, source.isRate);
    },
    forget(series) {
      for (const id of series) windows.delete(id);
    },
  };
}
