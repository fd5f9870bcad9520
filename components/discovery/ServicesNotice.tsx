"use client";

import Link from "next/link";
import { useState } from "react";
import { useMe } from "../account/use-me";
import { IconButton } from "../ui/IconButton";
import { Icon } from "../ui/icons";
import { listServices } from "./service-words";
import { useFound, useHideNotice } from "./use-found";

/** On the overview, until it is sent away: what else could be watched here. */
export function ServicesNotice() {
  const found = useFound();
  const hide = useHideNotice();
  const { may } = useMe();
  const [hidden, setHidden] = useState(false);
  // What only might be there is no reason to speak up.
  const services = (found?.proposals ?? []).filter(({ likely }) => !likely);
  if (hidden || !may("administer") || !found || found.noticeHidden || services.length === 0) return null;
  return (
    <aside
      aria-label="Services found on this machine"
      className="relative flex items-center gap-3 rounded-xl border border-line bg-surface py-2 pr-2 pl-3 shadow-card transition-colors hover:border-line-strong hover:bg-hover"
    >
      <span className="flex size-8 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent">
        <Icon name="search" size={16} />
      </span>
      <p className="min-w-0 flex-1 text-sm">
        <Link href="/catalogue?find" prefetch={false} className="row-link font-semibold after:rounded-xl">
          {services.length === 1
            ? "1 service was found on this machine"
            : `${services.length} services were found on this machine`}
        </Link>
        <span className="block truncate text-xs text-muted">{listServices(services)} can be watched, too.</span>
      </p>
      <Icon name="right" size={14} className="text-muted max-sm:hidden" />
      <IconButton
        icon="close"
        label="Do not show this again"
        className="z-1"
        onClick={() => {
          setHidden(true);
          hide();
        }}
      />
    </aside>
  );
}
