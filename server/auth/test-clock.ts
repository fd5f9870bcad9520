import { createLog } from "../log";

export const START = 1_795_478_400_000;

/** What is said in the process's log, line by line. */
export function openLines() {
  const lines: { level: string; msg: string; audit?: { action: string; details: unknown } }[] = [];
  const log = createLog("trace", { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines, instead: () => lines.flatMap(({ audit }) => (audit ? [audit.action] : [])) };
}

/** A clock that is set by hand; `pass` does what was put off until then. */
export function openClock() {
  const due = new Set<{ at: number; run: () => void }>();
  const clock = {
    at: START,
    now: () => clock.at,
    after(ms: number, run: () => void) {
      const one = { at: clock.at + ms, run };
      due.add(one);
      return () => void due.delete(one);
    },
    pass(ms: number) {
      clock.at += ms;
      for (const one of [...due])
        if (one.at <= clock.at) {
          due.delete(one);
          one.run();
        }
    },
  };
  return clock;
}
