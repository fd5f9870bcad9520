import type { AuditLine } from "@/components/data/outputs";
import { Icon } from "@/components/ui/icons";
import { isReplacedSecret, sideWords } from "./change-words";

type Change = NonNullable<AuditLine["details"]["changes"]>[number];

/** What was different before and after, place by place. */
export function AuditChanges({ changes, more }: { changes: readonly Change[]; more: number }) {
  return (
    <div className="overflow-clip rounded-lg border border-line">
      <dl>
        {changes.map((change) => (
          <div
            key={change.path}
            className="grid gap-x-4 gap-y-1 border-b border-line px-3 py-2 last:border-b-0 md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]"
          >
            <dt className="font-mono text-xs break-all text-muted">
              <bdi>{change.path}</bdi>
            </dt>
            <dd className="num min-w-0 text-xs">
              <Sides change={change} />
            </dd>
          </div>
        ))}
      </dl>
      {more > 0 ? (
        <p className="border-t border-line px-3 py-2 text-xs text-muted">
          And {more} more, for which there was no room.
        </p>
      ) : null}
    </div>
  );
}

function Sides({ change }: { change: Change }) {
  if (isReplacedSecret(change)) return <span className="text-muted">another secret; neither is shown</span>;
  const before = sideWords(change.path, change.before);
  const after = sideWords(change.path, change.after);
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
      {before === null ? null : (
        <del className="rounded bg-bad-soft px-1.5 py-px text-ink no-underline [overflow-wrap:anywhere]">
          <span className="sr-only">before: </span>
          <bdi>{before}</bdi>
        </del>
      )}
      <Icon name="right" size={12} className="shrink-0 self-center text-muted" />
      {after === null ? (
        <span className="text-muted">nothing</span>
      ) : (
        <ins className="rounded bg-ok-soft px-1.5 py-px text-ink no-underline [overflow-wrap:anywhere]">
          <span className="sr-only">after: </span>
          <bdi>{after}</bdi>
        </ins>
      )}
    </span>
  );
}
