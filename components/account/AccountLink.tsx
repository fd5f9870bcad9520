"use client";

import Link from "next/link";
import { Icon } from "@/components/ui/icons";
import { useMe } from "./use-me";

/** To what is one's own. On a phone it is reached by Settings: the bar has no room. */
export function AccountLink() {
  const { me } = useMe();
  const label = `${me?.name ?? "Your account"}: account and sign out`;
  return (
    <Link
      href="/settings/account"
      aria-label={label}
      title={label}
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink max-sm:hidden pointer-coarse:size-9"
    >
      <Icon name="person" />
    </Link>
  );
}
