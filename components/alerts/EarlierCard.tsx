import Link from "next/link";
import type { AlertDetail } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { ClockTime } from "@/components/instance/ClockTime";
import { Card, CardTitle } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";
import { Value } from "@/components/ui/Value";
import type { Head } from "./AlertHeader";
import { TONE_OF, WORD_OF } from "./severity";

/** When the same rule fired on the same before: once in a while, or every night at two. */
export function EarlierCard({ detail: { earlier }, head }: { detail: AlertDetail; head: Head }) {
  const all = `/alerts/history?${new URLSearchParams({ instance: head.instanceId, rule: head.ruleId })}`;
  return (
    <Card className="order-5">
      <CardTitle
        aside={
          earlier.length > 0 ? (
            <Link href={all} className="hover:text-ink hover:underline">
              All of this rule
            </Link>
          ) : null
        }
      >
        Earlier times
      </CardTitle>
      {earlier.length === 0 ? (
        <p className="text-sm text-pretty text-muted">This is the first time, as far as the history reaches.</p>
      ) : (
        <ul className="-my-1">
          {earlier.map(({ id, severity, firedAt, endedAt, value, worst, unit }) => (
            <li
              key={id}
              className="relative grid grid-cols-[14px_minmax(0,1fr)_auto_88px] items-center gap-x-2.5 border-b border-line py-1.5 last:border-b-0"
            >
              <StatusShape tone={TONE_OF[severity]} label={WORD_OF[severity]} size={10} />
              <Link href={`/alerts/${id}`} prefetch={false} className="row-link text-sm hover:underline">
                <ClockTime at={firedAt} />
              </Link>
              {unit === "bool" ? <span /> : <Value value={worst ?? value} unit={unit} className="text-sm" />}
              <span className="num text-right text-xs text-muted">
                {endedAt === null ? "still firing" : formatText((endedAt - firedAt) / 1_000, "seconds")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
