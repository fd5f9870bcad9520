import Link from "next/link";
import { failureTitle } from "@/components/catalogue/failure-words";
import type { AlertDetail, PastAlert } from "@/components/data/outputs";
import { ClockTime } from "@/components/instance/ClockTime";
import { Card, CardTitle } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";
import { groupRuns, type RunGroup } from "./group-runs";
import { Summary } from "./Summary";
import { TONE_OF, WORD_OF } from "./severity";

const ROW =
  "relative grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 rounded-md border-b border-line py-1.5 last:border-b-0";

/** What happened on the same host shortly before: the cause is often among it. */
export function BeforeCard({ before: { alerts, runs } }: Pick<AlertDetail, "before">) {
  const groups = groupRuns(runs);
  return (
    <Card className="order-3">
      <CardTitle aside="same host, 15 min before">What changed before</CardTitle>
      {alerts.length === 0 && groups.length === 0 ? (
        <p className="text-sm text-pretty text-muted">Nothing else fired, and no run failed.</p>
      ) : (
        <ul className="-my-1.5">
          {alerts.map((alert) => (
            <AlertLine key={alert.id} alert={alert} />
          ))}
          {groups.map((group) => (
            <RunLine key={group.last.id} group={group} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function AlertLine({ alert }: { alert: PastAlert }) {
  return (
    <li className={ROW}>
      <StatusShape tone={TONE_OF[alert.severity]} label={WORD_OF[alert.severity]} size={11} />
      <Link
        href={`/alerts/${alert.id}`}
        prefetch={false}
        className="row-link min-w-0 text-sm text-pretty break-words hover:underline"
      >
        <Summary alert={alert} />
      </Link>
      <span className="text-xs text-muted">
        <ClockTime at={alert.firedAt} />
      </span>
    </li>
  );
}

function RunLine({ group: { last, count } }: { group: RunGroup }) {
  return (
    <li className={ROW}>
      <StatusShape tone="bad" label="Failed" size={11} />
      <div className="min-w-0 text-sm break-words">
        <Link href={`/instances/${last.instanceId}?tab=runs`} prefetch={false} className="row-link hover:underline">
          {count > 1 ? `${count} failed runs` : "A failed run"} of{" "}
          <bdi>{last.instanceName ?? "a removed instance"}</bdi>
        </Link>
        <p className="text-xs text-muted">
          {failureTitle(last.reason ?? "")}
          {last.message ? (
            <>
              : <bdi>{last.message}</bdi>
            </>
          ) : null}
        </p>
      </div>
      <span className="text-xs text-muted">
        <ClockTime at={last.startedAt} />
      </span>
    </li>
  );
}
