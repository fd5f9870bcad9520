"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { summaryText } from "@/components/alerts/fill-summary";
import type { RouteInput, RoutePreview } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Card, CardTitle } from "@/components/ui/Card";
import { Choice } from "@/components/ui/Choice";
import { Segmented } from "@/components/ui/Segmented";
import { StatusShape } from "@/components/ui/StatusShape";
import { joinWords } from "./route-words";
import { useRoutePreview } from "./use-route-preview";

const EVENTS = [
  { value: "firing", name: "Fires" },
  { value: "resolved", name: "Is over" },
] as const;

/** The message as it would be sent, of an example or of what fires now. Nothing is sent. */
export function RoutePreviewCard({ route }: { route: RouteInput | null }) {
  const trpc = useTRPC();
  const [alert, setAlert] = useState("");
  const [event, setEvent] = useState<(typeof EVENTS)[number]["value"]>("firing");
  const { data: open = [] } = useQuery(trpc.alerts.open.queryOptions());
  const firing = open.filter(({ phase }) => phase === "firing");
  const chosen = firing.some(({ id }) => id === alert) ? alert : "";
  const { data, error } = useRoutePreview(route, chosen, event);
  return (
    <Card role="region" aria-label="What it would say">
      <CardTitle
        aside={<Segmented label="When it" value={event} options={EVENTS} onChange={(next) => setEvent(next)} />}
      >
        What it would say
      </CardTitle>
      <Choice label="Of" value={chosen} onChange={setAlert} className="mb-3 w-full">
        <option value="">Of an example</option>
        {firing.map((one) => (
          <option key={one.id} value={one.id}>
            {summaryText(one)}
          </option>
        ))}
      </Choice>
      {error ? <p className="text-sm text-bad">{error.message}</p> : null}
      {data && !error ? <Said preview={data} real={chosen !== ""} /> : null}
      {data || error ? null : (
        <p className="text-sm text-muted">{route ? "…" : "Put right what is marked, and it is shown here."}</p>
      )}
    </Card>
  );
}

function Said({ preview: { message, channels, fits, held, heldBy }, real }: { preview: RoutePreview; real: boolean }) {
  const names = joinWords(
    channels.map(({ name }) => name),
    "and",
  );
  return (
    <div aria-live="polite">
      <div className="rounded-lg border border-line bg-raised/50 px-3 py-2.5">
        <p className="text-sm font-semibold break-words">
          <bdi>{message.title}</bdi>
        </p>
        <p className="mt-1 max-h-64 overflow-y-auto text-sm break-words whitespace-pre-line">
          <bdi>{message.text}</bdi>
        </p>
        {message.actions.length > 0 ? (
          <p className="mt-2 flex flex-wrap gap-1.5">
            {message.actions.map(({ title }) => (
              <span key={title} className="rounded-md border border-line-strong px-2 py-0.5 text-xs font-medium">
                {title}
              </span>
            ))}
          </p>
        ) : null}
      </div>
      <p className="mt-2.5 flex items-start gap-2 text-xs">
        <StatusShape tone={channels.length > 0 ? "ok" : "warn"} label="" size={10} className="mt-0.5" />
        <span className="min-w-0 break-words text-muted">
          {channels.length > 0 ? (
            <>
              To <bdi className="font-medium text-ink">{names}</bdi>
            </>
          ) : (
            "To nobody: none of its channels is on."
          )}
        </span>
      </p>
      {real && !fits ? (
        <p className="mt-1.5 flex items-start gap-2 text-xs text-muted">
          <StatusShape tone="paused" label="" size={10} className="mt-0.5" />
          The route does not speak of this alert now.
        </p>
      ) : null}
      {real && held ? (
        <p className="mt-1.5 flex items-start gap-2 text-xs break-words text-muted">
          <StatusShape tone="paused" label="" size={10} className="mt-0.5" />
          <span>
            Nobody is told now: it is {held}
            {heldBy ? (
              <>
                {" "}
                by <bdi>{heldBy}</bdi>
              </>
            ) : null}
            .
          </span>
        </p>
      ) : null}
    </div>
  );
}
