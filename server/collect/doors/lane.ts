/** So many at once; the others wait in line. */
export interface Lane {
  readonly slots: number;
  /** Of those inside, the ones that were given up but have not returned. */
  hanging: number;
  /** @throws the signal's reason when it aborts while waiting */
  enter(signal: AbortSignal): Promise<void>;
  leave(wasHanging: boolean): void;
}

export function createLane(slots: number): Lane {
  const line: (() => void)[] = [];
  let busy = 0;
  const lane: Lane = {
    slots,
    hanging: 0,
    enter: async (signal) => {
      while (busy >= slots) {
        await takePlace(line, signal);
        if (signal.aborted) {
          // The turn that may have been ours goes to the next.
          line.shift()?.();
          throw signal.reason;
        }
      }
      busy += 1;
    },
    leave: (wasHanging) => {
      busy -= 1;
      if (wasHanging) lane.hanging -= 1;
      line.shift()?.();
    },
  };
  return lane;
}

function takePlace(line: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      signal.removeEventListener("abort", giveUp);
      resolve();
    };
    const giveUp = () => {
      const place = line.indexOf(go);
      if (place >= 0) line.splice(place, 1);
      resolve();
    };
    signal.addEventListener("abort", giveUp, { once: true });
    line.push(go);
  });
}
