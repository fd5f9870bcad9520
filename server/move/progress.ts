/** Where progress is told: a terminal gets one line that changes, anything else a line now and then. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const TERMINAL_MS = 1_000;
const LOG_MS = 10_000;

export interface Progress {
  /** Samples and bytes that passed just now. */
  add(samples: number, bytes: number): void;
  /** The line of a terminal is ended. */
  end(): void;
}

/**
 * Tells how far something is. @param total of what `done` counts, 0 when it is not known
 * @param now milliseconds of a clock that never goes back
 */
export function startProgress(
  screen: Screen,
  {
    title,
    total,
    done,
    now = () => performance.now(),
  }: { title: string; total: number; done: (passed: Passed) => number; now?: () => number },
): Progress {
  const every = screen.isTTY ? TERMINAL_MS : LOG_MS;
  const startedAt = now();
  const passed = { samples: 0, bytes: 0 };
  const begun = done(passed);
  let toldAt = startedAt;
  let isOpen = false;

  function tell(at: number): void {
    toldAt = at;
    const seconds = Math.max(0.001, (at - startedAt) / 1_000);
    const line = `${title}: ${toLine({ seconds, total, begun, done: done(passed), ...passed })}`;
    if (screen.isTTY) screen.write(`\r${line.padEnd(79).slice(0, Math.max(20, (screen.columns ?? 80) - 1))}`);
    else screen.write(`${line}\n`);
    isOpen = screen.isTTY ?? false;
  }

  return {
    add(samples, bytes) {
      passed.samples += samples;
      passed.bytes += bytes;
      const at = now();
      if (at - toldAt >= every) tell(at);
    },
    end() {
      const seconds = Math.max(0.001, (now() - startedAt) / 1_000);
      const line = `${title}: ${toParts({ seconds, ...passed }).join(", ")} in ${toDuration(seconds)}`;
      screen.write(isOpen ? `\r${line.padEnd(79)}\n` : `${line}\n`);
    },
  };
}

export interface Passed {
  readonly samples: number;
  readonly bytes: number;
}
interface Figures extends Passed {
  readonly seconds: number;
  readonly total: number;
  /** Of the total, before this run and now. */
  readonly begun: number;
  readonly done: number;
}

function toLine({ seconds, total, begun, done, samples, bytes }: Figures): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const pace = (done - begun) / seconds;
  const left = total > 0 && pace > 0 ? toDuration(Math.max(0, total - done) / pace) : "?";
  const percent = total > 0 ? [`${String(Math.floor(share * 100)).padStart(3)} %`] : [];
  return [...percent, ...toParts({ seconds, samples, bytes }), `${left} left`].join(", ");
}

const toParts = ({ seconds, samples, bytes }: Passed & { seconds: number }) => [
  `${grouped.format(samples)} samples`,
  `${grouped.format(Math.round(samples / seconds))}/s`,
  toBytes(bytes),
];

const grouped = new Intl.NumberFormat("en");

export function toBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: power > 1 ? 1 : 0 }).format(bytes / 1_000 ** power)} ${units[power]}`;
}

function toDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60)];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}
