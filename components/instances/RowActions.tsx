"use client";

import type { InstanceSummary } from "@/components/data/outputs";
import { useOnDemand } from "@/components/frame/use-on-demand";
import { IconButton } from "@/components/ui/IconButton";
import type { InstanceActions } from "./use-instance-actions";

/** The menu comes when it is asked for: hundreds of rows need none until then. */
const loadMenu = () => import("./RowMenu").then(({ RowMenu }) => RowMenu);

interface Props {
  readonly instance: InstanceSummary;
  readonly actions: InstanceActions;
  onDelete(instance: InstanceSummary): void;
}

/** What can be done with the instance of a row, over the link that the rest of the row is. */
export function RowActions({ instance, actions, onDelete }: Props) {
  const { Part: RowMenu, open, show, prepare } = useOnDemand(loadMenu, "The menu");
  const { name, enabled } = instance;
  return (
    <span className="relative z-1 inline-flex items-center gap-0.5">
      <IconButton
        icon="refresh"
        label={enabled ? `Run ${name} now` : `${name} is paused`}
        disabled={!enabled}
        onClick={() => actions.runNow(instance)}
        className="max-sm:hidden"
      />
      {open && RowMenu ? (
        <RowMenu instance={instance} actions={actions} onDelete={onDelete} />
      ) : (
        <IconButton
          icon="more"
          label={`${name}: more`}
          aria-haspopup="menu"
          onPointerEnter={prepare}
          onFocus={prepare}
          onClick={show}
        />
      )}
    </span>
  );
}
