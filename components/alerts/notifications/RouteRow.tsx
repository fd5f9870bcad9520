"use client";

import Link from "next/link";
import type { Route } from "@/components/data/outputs";
import { Badge } from "@/components/ui/Badge";
import { IconButton } from "@/components/ui/IconButton";
import { StatusShape } from "@/components/ui/StatusShape";
import { Switch } from "@/components/ui/Switch";
import { routeWords } from "./route-words";

interface Props {
  readonly route: Route;
  /** Counted from one: routes are looked at in this order. */
  readonly place: number;
  readonly of: number;
  /** The one above that leaves nothing for it. */
  readonly hiddenBy: Route | undefined;
  readonly busy: boolean;
  /** Whoever looks at it may change it. */
  readonly mine: boolean;
  nameOf(channel: string): string | undefined;
  onMove(by: -1 | 1): void;
  onTurn(on: boolean): void;
}

/** A route says what it does; the row leads to its form. */
export function RouteRow({ route, place, of, hiddenBy, busy, mine, nameOf, onMove, onTurn }: Props) {
  const { id, name, enabled } = route;
  const { what, whom, how } = routeWords(route, nameOf);
  return (
    <li
      data-row
      className="relative grid grid-cols-[32px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line px-4 py-3 transition-colors last:border-b-0 hover:bg-hover"
    >
      {/* Above the link of the row. */}
      <span className="relative z-1 flex h-5 items-center">
        <Switch
          bare
          label={`${name}: on`}
          checked={enabled}
          disabled={busy}
          locked={mine ? undefined : "Your role may not change routes."}
          onChange={onTurn}
        />
      </span>
      <div className={`min-w-0 ${enabled ? "" : "opacity-65"}`}>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span aria-hidden="true" className="num text-xs text-muted">
            {place}
          </span>
          {mine ? (
            <Link
              href={`/alerts/notifications/routes/${encodeURIComponent(id)}`}
              className="row-link text-sm font-medium break-words"
            >
              <bdi>{name}</bdi>
            </Link>
          ) : (
            <bdi className="text-sm font-medium break-words">{name}</bdi>
          )}
          {route.digest ? <Badge>Summary</Badge> : null}
        </p>
        <p className="mt-0.5 text-sm text-pretty break-words">
          <bdi>{what}</bdi> <span className="text-muted">{whom.startsWith("go to ") ? "go to " : ""}</span>
          <bdi className="font-medium">{whom.replace(/^go to /, "")}</bdi>
        </p>
        {how.length > 0 ? (
          <p className="num mt-0.5 text-xs text-pretty break-words text-muted">{how.join(". ")}.</p>
        ) : null}
        {hiddenBy ? (
          <p className="mt-1 flex items-start gap-1.5 text-xs text-pretty break-words">
            <StatusShape tone="warn" label="" size={10} className="mt-0.5" />
            <span>
              Never reached: <bdi className="font-medium">{hiddenBy.name}</bdi> above takes all of it. Move this one up,
              or let that one continue.
            </span>
          </p>
        ) : null}
      </div>
      {mine ? (
        <span className="relative z-1 -mr-1 flex flex-col pointer-coarse:-my-1">
          <MoveButton route={route} by={-1} disabled={place === 1} onMove={onMove} />
          <MoveButton route={route} by={1} disabled={place === of} onMove={onMove} />
        </span>
      ) : null}
    </li>
  );
}

/** Finds the button again after the list was put in another order: what moves loses the focus. */
export function focusMove(id: string, by: -1 | 1): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-move]"))
    if (button.dataset.move === `${id} ${by}`) button.focus();
}

interface MoveProps extends Pick<Props, "onMove"> {
  readonly route: Route;
  readonly by: -1 | 1;
  readonly disabled: boolean;
}

/** Not really disabled at the ends: the keyboard would be thrown off the list. */
function MoveButton({ route: { id, name }, by, disabled, onMove }: MoveProps) {
  return (
    <IconButton
      icon={by < 0 ? "up" : "down"}
      label={`Move ${name} ${by < 0 ? "up" : "down"}`}
      data-move={`${id} ${by}`}
      aria-disabled={disabled}
      className="aria-disabled:cursor-default aria-disabled:opacity-40"
      onClick={() => (disabled ? undefined : onMove(by))}
    />
  );
}
