"use client";

import type { SilenceView } from "@/components/data/outputs";
import { formatZoned } from "@/components/format";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { CLOCK_WORDS, matchersWords, openingWords, whenWords } from "./silence-words";
import { useSilenceDeeds } from "./use-silence-deeds";
import { useViewerZone } from "./use-viewer-zone";

interface Props {
  readonly silence: SilenceView;
  readonly renderedAt: number;
  nameOf(instanceId: string): string | undefined;
  /** Without it, it is only read. */
  onEdit?: (() => void) | undefined;
}

export function SilenceRow({ silence, renderedAt, nameOf, onEdit }: Props) {
  const zone = useViewerZone();
  const { name, state, matchers, when, note } = silence;
  const what = matchersWords(matchers, nameOf);
  const isOpen = state === "open";
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <span className="flex h-5 w-3 shrink-0 items-center justify-center text-muted">
        {isOpen ? (
          <StatusShape tone="paused" label="Silent now" />
        ) : (
          <Icon name={state === "over" ? "check" : "clock"} size={14} label={state === "over" ? "Over" : "Planned"} />
        )}
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {onEdit ? (
            <button
              type="button"
              onClick={onEdit}
              className="min-w-0 rounded text-left text-sm font-medium break-words hover:underline"
            >
              <bdi>{name}</bdi>
            </button>
          ) : (
            <bdi className="min-w-0 text-sm font-medium break-words">{name}</bdi>
          )}
          <Marks silence={silence} />
        </div>
        {what === name ? null : (
          <p className="text-xs text-pretty break-words text-muted">
            <bdi>{what}</bdi>
          </p>
        )}
        {state === "planned" && when.kind === "once" ? null : (
          <p className="num text-xs text-pretty text-muted">{whenWords(when, zone)}</p>
        )}
        {note === "" ? null : (
          <p className="mt-1 text-xs text-pretty break-words whitespace-pre-line text-muted">
            <bdi>{note}</bdi>
          </p>
        )}
      </div>
      <Standing silence={silence} zone={zone} renderedAt={renderedAt} />
      {onEdit ? <Deeds silence={silence} onEdit={onEdit} /> : null}
    </li>
  );
}

/** What can be done with it. */
function Deeds({ silence, onEdit }: { silence: SilenceView; onEdit(): void }) {
  const { end, remove, extend, busy } = useSilenceDeeds(silence);
  const { name, state, when } = silence;
  const isOpen = state === "open";
  return (
    <div className="ms-auto flex items-center gap-1">
      {isOpen ? (
        <>
          {when.kind === "once" ? (
            <Button size="small" variant="ghost" busy={busy} onClick={extend}>
              1 h more
            </Button>
          ) : null}
          <Button size="small" busy={busy} onClick={end}>
            End now
          </Button>
        </>
      ) : null}
      <Menu
        trigger={<IconButton icon="more" label={`More about ${name}`} />}
        items={[
          { name: state === "over" ? "Use again" : "Edit", icon: "edit", onSelect: onEdit },
          // What runs once is ended, not removed: it stays on the list as over.
          ...(isOpen && when.kind === "once"
            ? []
            : (["separator", { name: "Remove", icon: "remove", danger: true, onSelect: remove }] as const)),
        ]}
      />
    </div>
  );
}

function Marks({ silence: { kind, state, pausesCollection, mutes } }: Pick<Props, "silence">) {
  return (
    <>
      {kind === "maintenance" ? <Badge>Maintenance</Badge> : null}
      {pausesCollection ? <Badge tone="paused">Not asked meanwhile</Badge> : null}
      {state === "open" && mutes > 0 ? (
        <Badge tone="warn">
          mutes {mutes} {mutes === 1 ? "alert" : "alerts"}
        </Badge>
      ) : null}
    </>
  );
}

/** Until when, or when next: in the viewer's zone. */
function Standing({ silence, zone, renderedAt }: { silence: SilenceView; zone: string; renderedAt: number }) {
  const { state, open, next, when } = silence;
  if (state === "over") {
    const end = when.to ?? null;
    return (
      <p className="text-xs text-muted max-sm:ps-7 sm:text-right">
        {end === null ? "over" : <RelativeTime at={end} now={renderedAt} />}
      </p>
    );
  }
  if (open) {
    return (
      <p className="num text-sm max-sm:ps-7 sm:text-right">
        {open.to === null ? "no end in sight" : `until ${formatZoned(open.to, zone)}`}
        {open.to === null ? null : (
          <span className="block text-xs text-muted">
            <RelativeTime at={open.to} now={renderedAt} />
          </span>
        )}
      </p>
    );
  }
  if (!next) return null;
  return (
    <p className="num text-sm max-sm:ps-7 sm:text-right">
      {openingWords(next, zone)}
      <span className="block text-xs text-muted">
        <RelativeTime at={next.from} now={renderedAt} />
        {next.clock ? <span className="block max-w-64 text-pretty">{CLOCK_WORDS[next.clock]}</span> : null}
      </span>
    </p>
  );
}
