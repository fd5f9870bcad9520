"use client";

import Link from "next/link";
import { May } from "@/components/account/May";
import { Icon } from "@/components/ui/icons";
import { useChannels } from "./use-channels";

interface Props {
  readonly value: readonly string[];
  onChange(value: string[]): void;
}

/** Some of the channels that there are. One that was removed meanwhile can still be taken away. */
export function ChannelChips({ value, onChange }: Props) {
  const { channels, nameOf } = useChannels();
  const gone = value.filter((id) => !channels.some((channel) => channel.id === id));
  const choices = [
    ...channels.map(({ id, name, enabled }) => ({ id, name, note: enabled ? "" : "off" })),
    ...gone.map((id) => ({ id, name: nameOf(id), note: "" })),
  ];
  const turn = (id: string) => onChange(value.includes(id) ? value.filter((one) => one !== id) : [...value, id]);
  return (
    <div className="flex flex-wrap gap-1.5">
      {choices.map(({ id, name, note }) => {
        const isChosen = value.includes(id);
        return (
          <button
            key={id}
            type="button"
            aria-pressed={isChosen}
            onClick={() => turn(id)}
            className="inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-lg border border-line-strong px-2.5 py-1 text-sm transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:min-h-10"
          >
            <Icon name={isChosen ? "check" : "plus"} size={13} className={isChosen ? "" : "text-muted"} />
            <bdi className="min-w-0 truncate">{name}</bdi>
            {note === "" ? null : <span className="text-xs text-muted">{note}</span>}
          </button>
        );
      })}
      {channels.length === 0 ? (
        <p className="text-xs text-pretty text-muted">
          <May permission="administer" otherwise="There is no channel yet: an admin can make one.">
            There is no channel yet:{" "}
            <Link href="/alerts/channels/new" className="rounded font-medium text-accent underline">
              make one
            </Link>
            .
          </May>
        </p>
      ) : null}
    </div>
  );
}
