"use client";

import { type CSSProperties, memo, useMemo, useState } from "react";
import type { OverviewHost } from "@/components/data/outputs";
import { Card } from "@/components/ui/Card";
import type { Samples } from "./concerns";
import { HostRow } from "./HostRow";
import { PLACES, placesOf } from "./vitals";

interface Props {
  readonly hosts: readonly OverviewHost[];
  readonly samples: Samples;
  /** Hosts with instances that have not been read yet. */
  readonly waiting: ReadonlySet<string>;
  readonly stripEndsAt: number;
  readonly renderedAt: number;
  readonly compact: boolean;
}

/** Instances stay in reach; those that need attention are above in any case. */
const AT_FIRST = 12;

/** One dense row a machine; where there is no room for a row, a card. */
export const HostList = memo(function HostList({ hosts, samples, waiting, compact, ...times }: Props) {
  const places = useMemo(() => placesOf(hosts), [hosts]);
  const [all, setAll] = useState(false);
  const style = useMemo(() => columnsOf(places.length), [places.length]);
  return (
    <section aria-labelledby="hosts">
      <h2 id="hosts" className="mb-2 flex items-center gap-2 text-sm font-semibold">
        Hosts
        <span className="num rounded bg-raised px-1.5 text-2xs leading-4 font-medium text-muted">{hosts.length}</span>
      </h2>
      <Card padding="none" className="max-xl:border-0 max-xl:bg-transparent max-xl:shadow-none max-xl:ring-0">
        <div style={style}>
          <HeaderRow places={places} />
          <ul className="grid gap-2 sm:grid-cols-2 xl:grid-cols-1 xl:gap-0">
            {(all ? hosts : hosts.slice(0, AT_FIRST)).map((host) => (
              <HostRow
                key={host.host}
                host={host}
                places={places}
                samples={samples}
                waiting={waiting.has(host.host)}
                compact={compact}
                {...times}
              />
            ))}
          </ul>
          {hosts.length > AT_FIRST ? (
            <button
              type="button"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              className="num h-9 w-full text-xs font-medium text-muted transition-colors hover:text-ink xl:border-t xl:border-line"
            >
              {all ? `Show the first ${AT_FIRST}` : `Show all ${hosts.length}`}
            </button>
          ) : null}
        </div>
      </Card>
    </section>
  );
});

/** Header and rows are grids of their own that share this. */
function columnsOf(vitals: number): CSSProperties & Record<"--columns", string> {
  const middle = new Array<string>(vitals).fill("minmax(72px, 1fr)");
  const columns = ["minmax(150px, 1.6fr)", ...middle, "minmax(90px, 1.1fr)", "minmax(120px, 1.4fr)", "64px"];
  return { "--columns": columns.join(" ") };
}

/** Each cell says by itself what it is: this is for the eye. */
function HeaderRow({ places }: { places: readonly string[] }) {
  const titles = PLACES.filter(({ key }) => places.includes(key)).map(({ title }) => title);
  return (
    <div
      aria-hidden="true"
      className="hidden h-8 grid-cols-(--columns) items-center gap-x-5 border-b border-line px-4 text-xs font-medium text-muted xl:grid"
    >
      <span>Host</span>
      {titles.map((title) => (
        <span key={title}>{title}</span>
      ))}
      <span>Last hour</span>
      <span>Last 24 hours</span>
      <span className="text-right">Uptime</span>
    </div>
  );
}
