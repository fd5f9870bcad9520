import type { RetentionState, StoragePlan } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { Badge } from "@/components/ui/Badge";
import { Card } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";
import { Value } from "@/components/ui/Value";
import { daysShort, planWords } from "./plan-words";

interface Props {
  readonly plan: StoragePlan;
  /** What the plan is for. */
  readonly settings: RetentionState;
  /** On disk now. */
  readonly bytes: number;
  /** Not saved yet. */
  readonly trying: boolean;
}

/** What it comes to once everything has been kept for as long as it is to be: tier by tier, against the budget. */
export function PlanCard({ plan, settings, bytes, trying }: Props) {
  const { cost, kept } = plan;
  const words = planWords(plan, settings);
  const whole = Math.max(cost.bytes, settings.budgetBytes ?? 0, 1);
  const parts = [
    {
      name: "Exact samples",
      span: daysShort(kept.rawDays),
      asked: settings.rawDays,
      now: kept.rawDays,
      bytes: cost.rawBytes,
      colour: "bg-series-1",
    },
    {
      name: "Hourly averages",
      span: daysShort(kept.hourlyDays),
      asked: settings.hourlyDays,
      now: kept.hourlyDays,
      bytes: cost.hourlyBytes,
      colour: "bg-series-3",
    },
    {
      name: "Daily averages",
      span: daysShort(kept.dailyDays),
      asked: settings.dailyDays,
      now: kept.dailyDays,
      bytes: cost.dailyBytes,
      colour: "bg-series-2",
    },
    { name: "On their way", span: "hours", asked: 0, now: 0, bytes: cost.otherBytes, colour: "bg-idle-fill" },
  ];
  return (
    <Card data-plan>
      <div className="flex items-start gap-2.5" role="status">
        <StatusShape tone={words.tone} label="" className="mt-1" />
        <div className="min-w-0 flex-1">
          <p className="text-sm font-semibold text-pretty">{words.title}</p>
          <p className="num mt-0.5 text-xs text-pretty text-muted">
            {words.detail ?? `Now there are ${formatText(bytes, "bytes")}.`}
          </p>
        </div>
        {trying ? <Badge tone="accent">Not saved</Badge> : null}
      </div>
      <div aria-hidden="true" className="relative mt-4">
        <div className="flex h-2.5 w-full gap-px overflow-hidden rounded-full bg-track">
          {parts.map(({ name, bytes: size, colour }) => (
            <div
              key={name}
              className={`h-full transition-[width] ${size > 0 ? "min-w-0.5" : ""} ${colour}`}
              style={{ width: `${(size / whole) * 100}%` }}
            />
          ))}
        </div>
        {settings.budgetBytes !== null && settings.budgetBytes < whole ? (
          <div
            className="absolute -top-1 h-4.5 w-0.5 rounded-full bg-ink"
            style={{ left: `${(settings.budgetBytes / whole) * 100}%` }}
          />
        ) : null}
      </div>
      <ul className="mt-3 flex flex-col">
        {parts.map(({ name, span, asked, now, bytes: size, colour }) => (
          <li key={name} className="flex h-8 items-center gap-2.5 border-b border-line text-sm last:border-b-0">
            <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-[3px] ${colour}`} />
            <span className="min-w-0 truncate">{name}</span>
            <span className="num shrink-0 text-xs text-muted">
              {now < asked ? (
                <>
                  <s className="opacity-70">{daysShort(asked)}</s> <span className="font-medium text-warn">{span}</span>
                </>
              ) : (
                span
              )}
            </span>
            <Value value={size} unit="bytes" className="ms-auto" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
