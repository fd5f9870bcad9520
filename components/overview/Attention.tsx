"use client";

import Link from "next/link";
import { memo, useState } from "react";
import { Card } from "@/components/ui/Card";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { TONE_TEXT } from "@/components/ui/tones";
import { Calm } from "./Calm";
import type { Concern, Point } from "./concerns";

interface Props {
  readonly concerns: readonly Concern[];
  /** How many alerts fire that somebody has taken note of. */
  readonly quiet: number;
  /** How many instances are collected, and how many of them have not been read yet. */
  readonly enabled: number;
  readonly unread: number;
  readonly calmSince: number | null;
  readonly renderedAt: number;
}

/** When a switch dies, fifty services do: the rest of the page stays in reach. */
const AT_FIRST = 6;

/** The first thing on the first page: what is wrong, why and since when; or one quiet line. */
export const Attention = memo(function Attention({ concerns, quiet, enabled, unread, calmSince, renderedAt }: Props) {
  const [all, setAll] = useState(false);
  if (concerns.length === 0)
    return quiet > 0 ? (
      <TakenNote count={quiet} />
    ) : (
      <Calm enabled={enabled} unread={unread} since={calmSince} renderedAt={renderedAt} />
    );
  const shown = all ? concerns : concerns.slice(0, AT_FIRST);
  return (
    <section aria-labelledby="attention">
      <h2 id="attention" className="mb-2 flex items-center gap-2 text-sm font-semibold">
        Needs attention
        <span className="num rounded bg-raised px-1.5 text-2xs leading-4 font-medium text-muted">
          {concerns.length}
        </span>
        {quiet > 0 ? (
          <Link href="/alerts" prefetch={false} className="num ms-auto text-xs font-normal text-muted hover:text-ink">
            {quiet} more taken note of
          </Link>
        ) : null}
      </h2>
      <Card padding="none" className="overflow-hidden">
        <ul>
          {shown.map((concern) => (
            <ConcernRow key={concern.key} concern={concern} renderedAt={renderedAt} />
          ))}
        </ul>
        {concerns.length > AT_FIRST ? (
          <button
            type="button"
            aria-expanded={all}
            onClick={() => setAll(!all)}
            className="num h-9 w-full border-t border-line text-xs font-medium text-muted transition-colors hover:bg-hover hover:text-ink"
          >
            {all ? `Show the first ${AT_FIRST}` : `Show all ${concerns.length}`}
          </button>
        ) : null}
      </Card>
    </section>
  );
});

/** Nothing that nobody knows of. */
function TakenNote({ count }: { count: number }) {
  return (
    <p role="status" className="num flex min-h-6 flex-wrap items-center gap-x-2 text-sm text-muted">
      <StatusShape tone="info" label="" size={11} />
      <span className="font-medium text-ink">Nothing new</span>
      <Link href="/alerts" prefetch={false} className="hover:text-ink hover:underline">
        {count === 1 ? "One alert fires, and is taken note of." : `${count} alerts fire, and are taken note of.`}
      </Link>
    </p>
  );
}

function ConcernRow({ concern, renderedAt }: { concern: Concern; renderedAt: number }) {
  const { tone, href, instanceId, title, about, points } = concern;
  return (
    <li
      data-row
      className="relative grid grid-cols-[12px_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 transition-colors last:border-b-0 hover:bg-hover lg:grid-cols-[12px_minmax(0,15rem)_minmax(0,1fr)_auto]"
    >
      <StatusShape
        tone={tone}
        size={12}
        firing={href !== undefined}
        className="translate-y-px self-center lg:self-auto"
      />
      <p className="min-w-0">
        <Link
          href={href ?? `/instances/${instanceId}`}
          prefetch={false}
          title={title}
          className="row-link block truncate text-sm font-semibold"
        >
          <bdi>{title}</bdi>
        </Link>
        <span className="block truncate text-xs text-muted" title={about}>
          <bdi>{about}</bdi>
        </span>
      </p>
      <div className="min-w-0 max-lg:col-span-2 max-lg:col-start-2 max-lg:row-start-2">
        {points.map((point) => (
          <PointText key={point.what} point={point} />
        ))}
      </div>
      <Since concern={concern} renderedAt={renderedAt} />
    </li>
  );
}

function PointText({ point: { tone, what, why, hint } }: { point: Point }) {
  return (
    <>
      <p className="num line-clamp-2 text-sm break-words">
        <span className={`inline-block max-w-full truncate align-bottom font-medium ${TONE_TEXT[tone]}`}>{what}</span>
        {why ? (
          <>
            <span className="mx-1.5 text-muted">·</span>
            <bdi>{why}</bdi>
          </>
        ) : null}
      </p>
      {hint ? (
        <p className="line-clamp-2 text-xs break-words text-muted">
          <bdi>{hint}</bdi>
        </p>
      ) : null}
    </>
  );
}

function Since({ concern: { since, longer, dueAt }, renderedAt }: { concern: Concern; renderedAt: number }) {
  if (dueAt !== null)
    return <RelativeTime at={dueAt} now={renderedAt} className="text-right text-xs font-medium text-warn" />;
  if (since === null) return <span />;
  return (
    <span className="text-right text-xs text-muted">
      {longer ? "over " : null}
      <RelativeTime at={since} now={renderedAt} />
    </span>
  );
}
