import type { TimelineEvent } from "@/components/data/outputs";
import { ClockTime } from "@/components/instance/ClockTime";
import { Card, CardTitle } from "@/components/ui/Card";
import { Icon } from "@/components/ui/icons";
import { StatusShape } from "@/components/ui/StatusShape";
import { EVENT_LOOK, reasonOf } from "./event-words";
import { TONE_OF } from "./severity";

/** What happened to an alert, newest first: each step with its reason and who did it. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <Card className="order-4">
      <CardTitle>Timeline</CardTitle>
      {events.length === 0 ? (
        <p className="text-sm text-pretty text-muted">It has not fired yet. What happens from then on stands here.</p>
      ) : (
        <ol>
          {events.map((event) => (
            <Line key={event.id} event={event} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Line({ event }: { event: TimelineEvent }) {
  const { word } = EVENT_LOOK[event.event];
  const reason = reasonOf(event);
  return (
    <li className="group relative grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 pb-3 last:pb-0">
      <span aria-hidden="true" className="absolute top-5 bottom-0 left-[7.5px] w-px bg-line group-last:hidden" />
      <span className="flex h-5 items-center justify-center">
        <Mark event={event} />
      </span>
      <div className="min-w-0">
        <p className="text-sm font-medium">
          {word}
          {event.actor ? (
            <span className="font-normal text-muted">
              {" "}
              by <bdi>{event.actor}</bdi>
            </span>
          ) : null}
        </p>
        {reason ? <p className="num text-xs text-pretty text-muted">{reason}</p> : null}
        {event.note ? (
          <p className="mt-0.5 text-sm break-words whitespace-pre-line">
            <bdi>{event.note}</bdi>
          </p>
        ) : null}
      </div>
      <span className="text-xs leading-5 text-muted">
        <ClockTime at={event.at} />
      </span>
    </li>
  );
}

function Mark({ event }: { event: TimelineEvent }) {
  const { mark } = EVENT_LOOK[event.event];
  if (mark === "own") return <StatusShape tone={TONE_OF[event.severity]} label="" size={11} />;
  return "icon" in mark ? (
    <Icon name={mark.icon} size={13} className="text-muted" />
  ) : (
    <StatusShape tone={mark.tone} label="" size={11} />
  );
}
