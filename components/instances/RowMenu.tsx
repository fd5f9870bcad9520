"use client";

import { useRouter } from "next/navigation";
import type { InstanceSummary } from "@/components/data/outputs";
import { IconButton } from "@/components/ui/IconButton";
import { Menu } from "@/components/ui/Menu";
import type { InstanceActions } from "./use-instance-actions";

interface Props {
  readonly instance: InstanceSummary;
  readonly actions: InstanceActions;
  onDelete(instance: InstanceSummary): void;
}

export function RowMenu({ instance, actions, onDelete }: Props) {
  const router = useRouter();
  const { id, name, enabled } = instance;
  return (
    <Menu
      defaultOpen
      trigger={<IconButton icon="more" label={`${name}: more`} />}
      items={[
        { name: "Run now", icon: "refresh", disabled: !enabled, onSelect: () => actions.runNow(instance) },
        enabled
          ? { name: "Pause", icon: "pause", onSelect: () => actions.setEnabled(instance, false) }
          : { name: "Resume", icon: "play", onSelect: () => actions.setEnabled(instance, true) },
        { name: "Edit", icon: "edit", onSelect: () => router.push(`/instances/${id}/edit`) },
        "separator",
        { name: "Delete…", icon: "remove", danger: true, onSelect: () => onDelete(instance) },
      ]}
    />
  );
}
