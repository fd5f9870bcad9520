import type { ReactNode } from "react";
import type { Stored } from "@/components/data/outputs";
import { type AnyUnit, formatExact } from "@/components/format";
import { Card } from "@/components/ui/Card";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Value } from "@/components/ui/Value";

/** Fewer say nothing yet about how well they are compressed: most of what is on disk is empty pages. */
const TELLING_SAMPLES = 100_000;

const EVERYBODYS = "of everybody who writes to this server";

/** What people ask first. */
export function KeyFigures({
  stored,
  now,
  elsewhere,
}: {
  stored: Stored;
  now: number;
  /** On a server that has samples of others, too, and cannot tell them apart. */
  elsewhere: boolean;
}) {
  const { samples, bytes, oldestAt, samplesPerDay, plan, plugins } = stored;
  const perDay = plan.asSet.plugins.reduce((sum, { bytesPerDay }) => sum + bytesPerDay, 0);
  const series = plugins.reduce((sum, plugin) => sum + plugin.series, 0);
  const telling = samples >= TELLING_SAMPLES;
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure name="On disk" value={bytes} unit="bytes" detail={elsewhere ? EVERYBODYS : "samples and their rollups"} />
      <Figure
        name="Samples"
        value={samples}
        unit="count"
        detail={
          elsewhere ? (
            EVERYBODYS
          ) : oldestAt === null ? (
            "none yet"
          ) : (
            <>
              the oldest <RelativeTime at={oldestAt} now={now} />
            </>
          )
        }
      />
      <Figure
        name="A sample takes"
        value={telling ? bytes / samples : null}
        unit="bytes"
        detail={telling ? "with everything around it" : `known from ${formatExact(TELLING_SAMPLES)} samples on`}
      />
      <Figure
        name="A day brings"
        value={series > 0 ? perDay : null}
        unit="bytes"
        detail={
          <>
            <Value value={samplesPerDay} unit="count" /> samples of {formatExact(series)} series
          </>
        }
      />
    </dl>
  );
}

function Figure({
  name,
  value,
  unit,
  detail,
}: {
  name: string;
  value: number | null;
  unit: AnyUnit;
  detail: ReactNode;
}) {
  return (
    <Card className="min-w-0">
      <dt className="truncate text-xs text-muted">{name}</dt>
      <dd className="mt-1 truncate text-2xl font-semibold tracking-tight">
        <Value value={value} unit={unit} className={value === null ? "text-muted" : ""} />
      </dd>
      <dd className="num mt-1.5 text-2xs text-pretty text-muted">{detail}</dd>
    </Card>
  );
}
