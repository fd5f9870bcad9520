"use client";

import { useId } from "react";
import type { SilenceView } from "@/components/data/outputs";
import { formatZoned } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { useClock } from "@/components/ui/use-now";
import { type CalendarDay, calendarDays, placeIn } from "./calendar-days";
import { openingWords } from "./silence-words";
import { useViewerZone } from "./use-viewer-zone";

const DAYS = 28;
const DAY_MS = 86_400_000;
/** More rows are a list, and that is above. */
const MOST_ROWS = 12;

interface Props {
  readonly silences: readonly SilenceView[];
  readonly renderedAt: number;
  /** Without it, they are only read. */
  onEdit?: ((silence: SilenceView) => void) | undefined;
}

/** Four weeks from today on: when it is silent, in the viewer's zone. */
export function Calendar({ silences, renderedAt, onEdit }: Props) {
  const id = useId();
  const zone = useViewerZone();
  // Once a minute is enough for a line that moves by a day each centimetre.
  const now = useClock(renderedAt, (at) => Math.floor(at / 60_000) * 60_000);
  const days = calendarDays(now, DAYS, zone !== "UTC");
  const from = days[0]?.at ?? now;
  const frame = { from, to: (days.at(-1)?.at ?? now) + DAY_MS };
  const rows = silences
    .filter(({ openings }) => openings.some((opening) => placeIn(opening, frame)))
    .slice(0, MOST_ROWS);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="mb-2 text-sm font-semibold">
        The next four weeks
        <span className="ms-2 text-xs font-normal text-muted">{zone}</span>
      </h2>
      <Card padding="small" className="overflow-clip">
        <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,168px)_minmax(0,1fr)]">
          <span className="hidden sm:block" />
          <Days days={days} frame={frame} />
          {rows.map((silence) => (
            <Row key={silence.id} silence={silence} days={days} frame={frame} now={now} zone={zone} onEdit={onEdit} />
          ))}
        </div>
      </Card>
    </section>
  );
}

interface Frame {
  readonly from: number;
  readonly to: number;
}

const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`;

function Days({ days, frame }: { days: readonly CalendarDay[]; frame: Frame }) {
  const zone = useViewerZone();
  return (
    <div aria-hidden="true" className="num relative h-4 text-2xs text-muted">
      {days.map(({ at, weekday }, index) => {
        // "Mon 30 Nov 00:00" without the clock.
        const [, day, month] = formatZoned(at, zone).split(" ");
        const isNamed = index === 0 || (weekday === 1 && index > 3);
        return isNamed ? (
          <span
            key={at}
            className="absolute whitespace-nowrap"
            style={{ left: percent((at - frame.from) / (frame.to - frame.from)) }}
          >
            {index === 0 ? "Today" : `${day} ${month}`}
          </span>
        ) : null;
      })}
    </div>
  );
}

interface RowProps {
  readonly silence: SilenceView;
  readonly days: readonly CalendarDay[];
  readonly frame: Frame;
  readonly now: number;
  readonly zone: string;
  /** Without it, they are only read. */
  onEdit?: ((silence: SilenceView) => void) | undefined;
}

const NAME = "mt-1 min-w-0 truncate text-left text-xs font-medium sm:mt-0 sm:leading-6";

function Row({ silence, days, frame, now, zone, onEdit }: RowProps) {
  const bars = silence.openings.flatMap((opening) => {
    const place = placeIn(opening, frame);
    return place ? [{ opening, place, isOpen: opening.from <= now && now < (opening.to ?? frame.to) }] : [];
  });
  const [first] = bars;
  const said = first ? `${bars.length} in four weeks, first ${openingWords(first.opening, zone)}` : "";
  return (
    <>
      {onEdit ? (
        <button type="button" onClick={() => onEdit(silence)} className={`${NAME} rounded hover:underline`}>
          <bdi>{silence.name}</bdi>
        </button>
      ) : (
        <p className={NAME}>
          <bdi>{silence.name}</bdi>
        </p>
      )}
      <div role="img" aria-label={said} className="relative h-6 overflow-clip rounded-md bg-raised">
        {days.map((day, index) => (
          <span
            key={day.at}
            className={`absolute inset-y-0 ${day.isWeekend ? "bg-track/60" : ""} ${day.weekday === 1 && index > 0 ? "border-l border-line-strong" : ""}`}
            style={{
              left: percent((day.at - frame.from) / (frame.to - frame.from)),
              width: percent(1 / DAYS),
            }}
          />
        ))}
        {bars.map(({ opening, place, isOpen }) => (
          <span
            key={opening.from}
            title={openingWords(opening, zone)}
            className={`absolute inset-y-1 min-w-1 rounded-[3px] ${isOpen ? "bg-accent" : silence.kind === "maintenance" ? "bg-accent/55" : "bg-idle/70"}`}
            style={{ left: percent(place.left), width: percent(place.width) }}
          />
        ))}
        <span
          className="absolute inset-y-0 w-px bg-ink/50"
          style={{ left: percent((now - frame.from) / (frame.to - frame.from)) }}
        />
      </div>
    </>
  );
}
