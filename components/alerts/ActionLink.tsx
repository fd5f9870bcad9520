import Link from "next/link";
import type { ActionLinkView } from "@/components/data/outputs";
import { Card } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Tone } from "@/components/ui/tones";

interface Props {
  readonly token: string;
  readonly link: ActionLinkView;
  /** The button was pressed a moment ago. */
  readonly justDone: boolean;
}

type Alert = ActionLinkView["alerts"][number];
const TONES: Readonly<Record<Alert["severity"], Tone>> = { critical: "bad", warning: "warn", info: "unknown" };
const MOST_SHOWN = 20;
/** For a thumb, at night. */
const BUTTON =
  "flex h-14 w-full items-center justify-center rounded-xl text-lg font-semibold transition-colors select-none";

/** What a message's link does, and one large button that does it. Works without a script. */
export function ActionLink({ token, link, justDone }: Props) {
  const { title, words } = headingOf(link, justDone);
  const alerts = link.alerts.slice(0, MOST_SHOWN);
  const more = link.alerts.length - alerts.length;
  return (
    <div className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center gap-4 py-6">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 text-sm text-pretty text-muted">{words}</p>
      </div>
      {alerts.length > 0 ? (
        <Card padding="none">
          <ul className="divide-y divide-line">
            {alerts.map((alert) => (
              <AlertLine key={alert.id} alert={alert} />
            ))}
            {more > 0 ? <li className="px-4 py-3 text-sm text-muted">and {more} more</li> : null}
          </ul>
        </Card>
      ) : null}
      {link.state === "ready" ? (
        <form method="post" action={`/act/${encodeURIComponent(token)}`}>
          <button type="submit" className={`${BUTTON} bg-accent text-on-accent hover:bg-accent/90`}>
            {link.deed === "snooze" ? "Snooze for an hour" : "Acknowledge"}
          </button>
        </form>
      ) : null}
      <Link
        href="/alerts"
        className={
          link.state === "ready"
            ? "flex h-11 items-center justify-center text-sm text-muted hover:text-ink"
            : `${BUTTON} border border-line-strong bg-surface hover:bg-raised`
        }
      >
        All alerts
      </Link>
    </div>
  );
}

function AlertLine({ alert }: { alert: Alert }) {
  const { severity, summary, instance, open } = alert;
  const facts = [instance, stateOf(alert)].filter((fact) => fact !== "");
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <StatusShape tone={open ? TONES[severity] : "ok"} label={open ? severity : "over"} className="mt-1.5" />
      <div className="min-w-0">
        <p className="text-sm font-medium text-pretty break-words">{summary}</p>
        {facts.length > 0 ? <p className="mt-0.5 text-xs break-words text-muted">{facts.join(" · ")}</p> : null}
      </div>
    </li>
  );
}

function stateOf({ open, acknowledgedBy, snoozedUntil }: Alert): string {
  if (!open) return "over";
  if (acknowledgedBy !== null) return `acknowledged by ${acknowledgedBy}`;
  return snoozedUntil === null ? "firing" : "snoozed";
}

function headingOf({ state, deed }: ActionLinkView, justDone: boolean): { title: string; words: string } {
  const snooze = deed === "snooze";
  if (justDone)
    return snooze
      ? { title: "Snoozed for an hour", words: "If it still fires then, you are told again." }
      : { title: "Acknowledged", words: "Nobody is told again until it is over." };
  switch (state) {
    case "ready":
    case "done":
      return snooze
        ? { title: "Snooze for an hour?", words: "Nobody is told of it meanwhile." }
        : {
            title: "Acknowledge?",
            words: "Others see that somebody takes care of it. Nobody is told again until it is over.",
          };
    case "used":
      return {
        title: "This link was used already",
        words: "Each link works once. Everything else is done at the alerts.",
      };
    case "over":
      return { title: "It is over", words: "Nothing of what this message told of fires any more." };
    case "expired":
      return {
        title: "This link has expired",
        words: "Links in messages work for a day. Everything else is done at the alerts.",
      };
    case "bad":
      return { title: "This link is not valid", words: "It is not complete, or was not made by this Unity." };
    default:
      return state satisfies never;
  }
}
