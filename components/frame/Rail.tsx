"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { Severity } from "@/components/data/outputs";
import { Icon } from "@/components/ui/icons";
import type { Alarm } from "./attention";
import { Mark } from "./Mark";
import { isAt, PLACES, type Place } from "./places";

/** Places at the left; on a phone, along the bottom where the thumb is. */
export function Rail({ alarm }: { alarm: Alarm }) {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:inset-x-auto sm:inset-y-0 sm:left-0 sm:w-(--rail) sm:border-t-0 sm:border-r sm:pb-0"
    >
      <Link href="/" aria-label="Unity, overview" className="hidden h-(--bar) items-center justify-center sm:flex">
        <Mark />
      </Link>
      <ul className="grid grid-cols-5 sm:flex sm:flex-col sm:gap-1 sm:p-2">
        {PLACES.map((place) => (
          <li key={place.href} className="min-w-0">
            <RailLink place={place} here={isAt(place, pathname)} alarm={place.href === "/alerts" ? alarm : null} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface LinkProps {
  readonly place: Place;
  readonly here: boolean;
  readonly alarm: Alarm | null;
}

function RailLink({ place: { href, name, icon }, here, alarm }: LinkProps) {
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className="group flex h-14 flex-col items-center justify-center gap-0.5 text-2xs font-medium text-muted transition-colors hover:text-ink aria-[current=page]:text-ink sm:h-13 sm:rounded-xl sm:hover:bg-hover sm:aria-[current=page]:bg-accent-soft sm:aria-[current=page]:text-accent"
    >
      <span className="relative">
        <Icon name={icon} size={20} className="group-aria-[current=page]:text-accent" />
        {alarm?.worst ? <Count of={alarm.count} worst={alarm.worst} /> : null}
      </span>
      <span className="max-w-full truncate">{name}</span>
    </Link>
  );
}

/** In light, amber is too bright to be read on; the state's own ink is not. */
const GROUND: Readonly<Record<Severity, string>> = { critical: "bg-bad", warning: "bg-warn", info: "bg-accent" };

function Count({ of, worst }: { of: number; worst: Severity }) {
  return (
    <span
      className={`num absolute -top-1.5 left-3 flex h-4 min-w-4 items-center justify-center rounded-full px-1 text-[10px] leading-none font-semibold text-surface ring-2 ring-surface ${GROUND[worst]}`}
    >
      {of > 99 ? "99+" : of}
      <span className="sr-only"> firing</span>
    </span>
  );
}
