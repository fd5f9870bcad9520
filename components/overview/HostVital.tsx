import type { FigureValue } from "@/components/data/figures";
import type { OverviewHost } from "@/components/data/outputs";
import { Meter } from "@/components/ui/Meter";
import { Skeleton } from "@/components/ui/Skeleton";
import { Value } from "@/components/ui/Value";
import { PLACES, type Place, placeOf, vitalOf } from "./vitals";

interface Props {
  readonly place: Place;
  readonly vitals: OverviewHost["vitals"];
  readonly values: readonly FigureValue[];
  readonly waiting: boolean;
}

/** One vital of a host; on a card it carries its name. */
export function HostVital({ place, vitals, values, waiting }: Props) {
  const title = PLACES.find(({ key }) => key === place)?.title ?? "";
  const there = vitals.some(({ key }) => placeOf(key) === place);
  return (
    <div className={`min-w-0 ${there ? "" : "max-xl:hidden"}`}>
      <span className="mb-0.5 block truncate text-2xs text-muted xl:hidden" aria-hidden="true">
        {title}
      </span>
      {place === "network" ? (
        <Traffic vitals={vitals} values={values} waiting={waiting} />
      ) : (
        <One title={title} at={vitalOf(vitals, place)} vitals={vitals} values={values} waiting={waiting} />
      )}
    </div>
  );
}

interface OneProps extends Omit<Props, "place"> {
  readonly title: string;
  readonly at: number;
}

function One({ title, at, vitals, values, waiting }: OneProps) {
  const vital = vitals[at];
  const value = values[at];
  if (!vital || !value) return <Nothing title={title} />;
  if (value.value === null && waiting) return <Skeleton className="h-5 w-14" />;
  const { figure } = vital;
  // A temperature has no end to run to; its red limit is one for the eye.
  const fill =
    value.fill ?? (value.value !== null && figure.bad ? Math.min(1, Math.max(0, value.value / figure.bad)) : null);
  return (
    <Meter title={title} value={value.value} unit={figure.unit} fill={fill} tone={value.tone} stale={value.stale} />
  );
}

/** Receiving over sending: two lines are as high as a number with its bar. */
function Traffic({ vitals, values, waiting }: Omit<Props, "place">) {
  const lines = (["receive", "transmit"] as const).flatMap((key) => {
    const at = vitalOf(vitals, key);
    const [vital, value] = [vitals[at], values[at]];
    return vital && value ? [{ key, figure: vital.figure, ...value }] : [];
  });
  if (lines.length === 0) return <Nothing title="Network" />;
  if (waiting && lines.every(({ value }) => value === null)) return <Skeleton className="h-8 w-16" />;
  return (
    <div className="flex flex-col text-xs leading-4">
      {lines.map(({ key, figure, value, stale }) => (
        <span key={key} className="flex items-baseline gap-1">
          <span aria-hidden="true" className="text-muted">
            {key === "receive" ? "↓" : "↑"}
          </span>
          <span className="sr-only">{figure.title}</span>
          <Value value={value} unit={figure.unit} stale={stale || value === null} className="font-medium" />
        </span>
      ))}
    </div>
  );
}

function Nothing({ title }: { title: string }) {
  return (
    <span className="text-sm text-muted" title={`Nothing measures this here: ${title}`}>
      –
    </span>
  );
}
