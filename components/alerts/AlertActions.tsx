"use client";

import { useState } from "react";
import { useMe } from "@/components/account/use-me";
import type { OpenAlert } from "@/components/data/outputs";
import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { serverNow } from "@/components/ui/use-now";
import { summaryText } from "./fill-summary";
import { NoteDialog } from "./NoteDialog";
import { ResolveDialog } from "./ResolveDialog";
import { nextMorning } from "./standing-alert";
import type { AlertDeeds } from "./use-alert-deeds";

interface Props {
  readonly alert: OpenAlert;
  readonly deeds: AlertDeeds;
  /** The key `s` opens the menu of the row that has the focus. */
  readonly snoozing: boolean;
  onSnoozing(open: boolean): void;
  /** On the alert's own page they stand beside its title. Default false. */
  readonly wide?: boolean;
  /** All of them in one menu: of what is only pending, nobody is told yet. Default false. */
  readonly few?: boolean;
}

const HOUR_MS = 3_600_000;
/** A thumb at night needs 44 pixels. */
const THUMB = "max-lg:min-h-11 max-lg:flex-1";

/** What can be done about an alert, over the link that the rest of its row is. */
export function AlertActions({ alert, deeds, snoozing, onSnoozing, wide = false, few = false }: Props) {
  const [dialog, setDialog] = useState<"note" | "resolve" | null>(null);
  const { may } = useMe();
  const { acknowledged } = alert;
  if (!may("respond")) return null;
  const name = summaryText(alert);
  const toggle = () => (acknowledged ? deeds.unacknowledge(alert) : deeds.acknowledge(alert, "over"));
  return (
    <div className={`relative z-1 flex items-center gap-2 ${wide ? "max-lg:w-full" : ""} lg:gap-1`}>
      {few ? null : <AcknowledgeButton name={name} wide={wide} acknowledged={acknowledged !== null} onPress={toggle} />}
      <Menu
        open={snoozing}
        onOpenChange={onSnoozing}
        items={snoozing ? snoozeItems(alert, deeds) : []}
        trigger={
          <Button
            size={wide ? "normal" : "small"}
            variant={few ? "ghost" : "secondary"}
            icon="clock"
            aria-label={`Snooze ${name}`}
            aria-keyshortcuts="s"
            className={few ? "max-lg:hidden" : THUMB}
          >
            Snooze
          </Button>
        }
      />
      <Menu
        trigger={<IconButton icon="more" label={`More for ${name}`} className="max-lg:size-11" />}
        items={[
          ...(few
            ? ([{ name: acknowledged ? "Unacknowledge" : "Acknowledge", icon: "check", onSelect: toggle }] as const)
            : []),
          { name: "Note…", icon: "edit", onSelect: () => setDialog("note") },
          "separator",
          { name: "Resolve…", icon: "check", onSelect: () => setDialog("resolve") },
        ]}
      />
      {dialog === "note" ? (
        <NoteDialog
          name={name}
          acknowledged={acknowledged !== null}
          onClose={() => setDialog(null)}
          onNote={(note, acknowledge) =>
            acknowledge ? deeds.acknowledge(alert, "over", note) : deeds.note(alert, note)
          }
        />
      ) : null}
      {dialog === "resolve" ? (
        <ResolveDialog name={name} onClose={() => setDialog(null)} onResolve={() => deeds.resolve(alert)} />
      ) : null}
    </div>
  );
}

interface ButtonProps {
  readonly name: string;
  readonly wide: boolean;
  readonly acknowledged: boolean;
  onPress(): void;
}

function AcknowledgeButton({ name, wide, acknowledged, onPress }: ButtonProps) {
  return (
    <Button
      size={wide ? "normal" : "small"}
      variant={wide && !acknowledged ? "primary" : "secondary"}
      icon={acknowledged ? undefined : "check"}
      aria-label={`${acknowledged ? "Unacknowledge" : "Acknowledge"} ${name}`}
      aria-keyshortcuts="a"
      onClick={onPress}
      className={THUMB}
    >
      {acknowledged ? "Unacknowledge" : "Acknowledge"}
    </Button>
  );
}

/** Made when the menu opens: they speak of today and tomorrow. */
function snoozeItems(alert: OpenAlert, deeds: AlertDeeds): MenuItem[] {
  const now = serverNow();
  const morning = nextMorning(now);
  const until = (at: number | null) => () => deeds.snooze(alert, at);
  return [
    { name: "For 1 hour", icon: "clock", onSelect: until(now + HOUR_MS) },
    {
      name: `Until ${morning.day === "today" ? "8:00 today" : "tomorrow 8:00"}`,
      icon: "sun",
      onSelect: until(morning.at),
    },
    "separator",
    { name: "Until it changes", icon: "refresh", onSelect: () => deeds.acknowledge(alert, "changed") },
    { name: "Until it is worse", icon: "up", onSelect: () => deeds.acknowledge(alert, "worse") },
    ...(alert.snoozedUntil !== null && alert.snoozedUntil > now
      ? (["separator", { name: "End the snooze", icon: "play", onSelect: until(null) }] as const)
      : []),
  ];
}
