"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ROLE_WORDS, wayWords } from "@/components/account/role-words";
import type { PersonView } from "@/components/data/outputs";
import { Badge } from "@/components/ui/Badge";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { PersonDialog } from "./PersonDialog";
import { type PersonDeed, PersonQuestion } from "./PersonQuestion";
import { SetPassword } from "./SetPassword";
import { usePersonDeeds } from "./use-person-deeds";

interface Props {
  readonly person: PersonView;
  readonly isMe: boolean;
  readonly provider: string | null;
  readonly renderedAt: number;
}

export function PersonRow({ person, isMe, provider, renderedAt }: Props) {
  const { name, username, email, role, disabled, twoFactor, ways, lastSeenAt } = person;
  const router = useRouter();
  const [asking, setAsking] = useState<"change" | "password" | PersonDeed | null>(null);
  const deeds = usePersonDeeds(person, () => setAsking(null));
  const close = () => {
    setAsking(null);
    deeds.forget();
  };
  const ask = (what: NonNullable<typeof asking>) => () => setAsking(what);
  const account: MenuItem = { name: "Your account", icon: "person", onSelect: () => router.push("/settings/account") };
  const change: MenuItem = { name: "Change…", icon: "edit", onSelect: ask("change") };
  const ofOthers: MenuItem[] = [
    // Without a name to sign in with, there is nothing to type a password for.
    ...(username === null ? [] : [{ name: "New password…", icon: "key", onSelect: ask("password") } as const]),
    { name: "Reset two-factor and passkeys…", icon: "security", onSelect: ask("factors") },
    { name: "End sessions…", icon: "close", onSelect: ask("sessions") },
    "separator",
    disabled
      ? { name: "Switch on", icon: "play", onSelect: () => deeds.setDisabled(false) }
      : { name: "Switch off…", icon: "pause", onSelect: ask("off") },
    { name: "Delete…", icon: "remove", danger: true, onSelect: ask("delete") },
  ];
  return (
    <li
      data-row
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0 lg:grid-cols-[minmax(0,1.3fr)_minmax(0,1.1fr)_minmax(0,1.2fr)_9rem_auto]"
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <bdi className={`min-w-0 break-words ${disabled ? "text-muted" : ""}`}>{name}</bdi>
          {isMe ? <Badge tone="accent">You</Badge> : null}
          {disabled ? (
            <Badge tone="paused" shape>
              Switched off
            </Badge>
          ) : null}
        </p>
        <p className="text-xs break-all text-muted">
          <bdi>{username ?? email ?? "Known by the provider only"}</bdi>
        </p>
      </div>
      {/* On a phone, one line below the name. */}
      <div className="col-start-1 flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-muted lg:contents">
        <div className="flex min-w-0 flex-wrap items-center gap-1.5 lg:col-start-2">
          <p className="text-ink lg:text-sm">{ROLE_WORDS[role].name}</p>
          <Tags tags={person.tags} />
        </div>
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 lg:text-xs lg:text-muted">
          <p className="text-pretty break-words">{wayWords(ways, provider)}</p>
          {twoFactor ? (
            <p className="flex items-center gap-1 text-ok">
              <Icon name="security" size={12} />
              Two-factor
            </p>
          ) : null}
        </div>
        <p className="lg:text-right lg:text-xs lg:text-muted">
          {lastSeenAt === null ? null : "seen "}
          <RelativeTime at={lastSeenAt} now={renderedAt} never="not signed in" />
        </p>
      </div>
      <div className="flex items-center justify-end gap-1 max-lg:col-start-2 max-lg:row-span-2 max-lg:row-start-1 max-lg:self-start">
        <Menu
          trigger={<IconButton icon="more" label={`More about ${name}`} />}
          // One's own password and keys are under Account, where they are asked for by the password.
          items={isMe ? [change, account] : [change, ...ofOthers]}
        />
      </div>
      {asking === "change" ? <PersonDialog person={person} isMe={isMe} onClose={close} /> : null}
      {asking === "password" ? <SetPassword person={person} onClose={close} /> : null}
      {asking !== null && asking !== "change" && asking !== "password" ? (
        <PersonQuestion person={person} deed={asking} deeds={deeds} onClose={close} />
      ) : null}
    </li>
  );
}

/** What a viewer is limited to. */
function Tags({ tags }: Pick<PersonView, "tags">) {
  if (tags === null) return null;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {tags.map((tag) => (
        <Badge key={tag} className="max-w-full overflow-hidden">
          <bdi className="truncate">{tag}</bdi>
        </Badge>
      ))}
    </span>
  );
}
