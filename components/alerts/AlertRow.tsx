"use client";

import Link from "next/link";
import { memo } from "react";
import type { InstanceSummary, OpenAlert } from "@/components/data/outputs";
import { titleOf } from "@/components/instances/titles";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { AlertActions } from "./AlertActions";
import { AlertSpark } from "./AlertSpark";
import { Handling } from "./Handling";
import { HowBad } from "./HowBad";
import { Summary } from "./Summary";
import { TONE_OF, WORD_OF } from "./severity";
import type { Stand } from "./standing-alert";
import type { AlertDeeds } from "./use-alert-deeds";

interface Props {
  readonly alert: OpenAlert;
  readonly stand: Stand;
  /** Whose it is; undefined once it was removed. */
  readonly instance: InstanceSummary | undefined;
  readonly deeds: AlertDeeds;
  readonly snoozing: boolean;
  onSnoozing(id: string | null): void;
  readonly renderedAt: number;
}

/** One alert: what, where, how bad, since when, what is done about it; the rest of the row leads to its page. */
export const AlertRow = memo(function AlertRow(props: Props) {
  const { alert, stand, instance, deeds, snoozing, onSnoozing, renderedAt } = props;
  const { id, severity, phase, since, firedAt } = alert;
  const pending = stand === "pending";
  return (
    <li
      data-row
      data-alert={id}
      data-stand={stand}
      className="relative grid grid-cols-[14px_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-2 border-b border-line px-4 py-3 transition-colors last:border-b-0 hover:bg-hover lg:grid-cols-[14px_minmax(0,1fr)_112px_104px_84px_auto] lg:items-center lg:gap-x-4 lg:py-2.5"
    >
      <StatusShape
        tone={TONE_OF[severity]}
        label={`${WORD_OF[severity]}, ${phase}`}
        size={13}
        firing={stand === "loud"}
        className={`mt-1 lg:mt-0 ${pending ? "opacity-60" : ""}`}
      />
      <div className="min-w-0">
        <Link
          href={`/alerts/${id}`}
          prefetch={false}
          className={`row-link line-clamp-3 text-sm text-pretty break-words lg:line-clamp-2 ${stand === "loud" ? "font-semibold" : "font-medium"} ${pending ? "text-muted" : ""}`}
        >
          <Summary alert={alert} />
        </Link>
        <About alert={alert} instance={instance} />
        <Handling alert={alert} renderedAt={renderedAt} />
      </div>
      <div className="max-lg:hidden">
        <AlertSpark alert={alert} />
      </div>
      <div className={pending ? "max-lg:hidden" : ""}>
        <HowBad alert={alert} />
      </div>
      <span className="text-xs text-muted max-lg:hidden lg:text-right">
        <RelativeTime at={firedAt ?? since} now={renderedAt} />
      </span>
      <p className="col-span-full col-start-2 -mt-1 text-xs text-muted lg:hidden">
        {pending ? "Pending, " : "Fired "}
        <RelativeTime at={firedAt ?? since} now={renderedAt} />
      </p>
      <div className={pending ? "max-lg:col-start-3 max-lg:row-start-1 lg:ml-auto" : "max-lg:col-span-full"}>
        <AlertActions
          alert={alert}
          few={pending}
          deeds={deeds}
          snoozing={snoozing}
          onSnoozing={(open) => onSnoozing(open ? id : null)}
        />
      </div>
    </li>
  );
});

/** Where it is and which rule says so; of what cannot be asked, what it answered instead. */
function About({ alert, instance }: { alert: OpenAlert; instance: InstanceSummary | undefined }) {
  const { metric, ruleName, instanceId, instanceName, host } = alert;
  const title = instance ? titleOf(instance) : null;
  const message = metric === null ? (instance?.status.message ?? null) : null;
  return (
    <>
      <p className="line-clamp-2 text-xs break-words text-muted">
        {title ? (
          <Link
            href={`/instances/${instanceId}`}
            prefetch={false}
            className="relative z-1 hover:text-ink hover:underline"
          >
            <bdi>{title.title}</bdi>
          </Link>
        ) : (
          (instanceName ?? "A removed instance")
        )}
        {host && host !== title?.title ? (
          <>
            {" · "}
            <bdi>{host}</bdi>
          </>
        ) : null}
        {" · "}
        <bdi>{ruleName}</bdi>
      </p>
      {message ? (
        <p className="line-clamp-2 text-xs break-words text-ink/85">
          <bdi>{message}</bdi>
        </p>
      ) : null}
    </>
  );
}
