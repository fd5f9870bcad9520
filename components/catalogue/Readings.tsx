"use client";

import { useState } from "react";
import { formatText } from "../format";
import { labelText } from "../names";
import { Value } from "../ui/Value";
import type { ReadingGroup } from "./group-readings";

/** So many readings of a metric are shown at once: of 60 interfaces, five say what it is about. */
const SHOWN = 5;

/** What a test has read, metric by metric. */
export function Readings({ groups, now }: { groups: readonly ReadingGroup[]; now: number }) {
  return (
    <ul className="flex flex-col">
      {groups.map((group) => (
        <li key={group.metric} className="border-t border-line py-2 first:border-t-0 first:pt-0 last:pb-0">
          <Group group={group} now={now} />
        </li>
      ))}
    </ul>
  );
}

function Group({ group: { name, description, unit, kind, readings }, now }: { group: ReadingGroup; now: number }) {
  const [all, setAll] = useState(false);
  const [single] = readings;
  const value = (reading: ReadingGroup["readings"][number]) =>
    kind === "info" ? null : <Value value={reading.value} unit={unit} now={now} className="text-sm font-medium" />;
  const alone = readings.length === 1 && single && labelText(single.labels) === "";
  const shown = all ? readings : readings.slice(0, SHOWN);
  return (
    <>
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="min-w-0 text-sm font-medium break-words" title={description}>
          {name}
        </h3>
        {alone && single ? value(single) : null}
        {readings.length > 1 ? <span className="num shrink-0 text-xs text-muted">{readings.length}</span> : null}
      </div>
      <p className="text-xs text-pretty text-muted">
        {description}
        {kind === "counter" ? " Total so far; the rate follows once it runs." : ""}
      </p>
      {alone ? null : (
        <dl className="mt-1 flex flex-col gap-0.5">
          {shown.map((reading) => (
            <div key={JSON.stringify(reading.labels)} className="flex items-baseline justify-between gap-3">
              <dt className="min-w-0 text-xs break-words text-muted">
                {kind === "info" ? <Facts labels={reading.labels} /> : labelText(reading.labels)}
              </dt>
              <dd className="shrink-0">{value(reading)}</dd>
            </div>
          ))}
        </dl>
      )}
      {readings.length > shown.length ? (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mt-1 rounded text-xs font-medium text-accent hover:underline"
        >
          {formatText(readings.length - shown.length, "count")} more
        </button>
      ) : null}
    </>
  );
}

function Facts({ labels }: { labels: Readonly<Record<string, string>> }) {
  return Object.entries(labels)
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${name} ${text}`)
    .join(" · ");
}
