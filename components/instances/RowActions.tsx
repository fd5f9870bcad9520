"use client";

import { lazy, Suspense, useState } from "react";
import type { InstanceSummary } from "@/components/data/outputs";
import { IconButton } from "@/components/ui/IconButton";
import type { InstanceActions } from "./use-instance-actions";

/** The menu comes when it is asked for: hundreds of rows need none until then. */
const RowMenu = lazy(async () => ({ default: (await import("./RowMenu")).RowMenu }));

interface Props {
  readonly instance: InstanceSummary;
  readonly actions: InstanceActions;
  onDelete(instance: InstanceSummary): void;
}

/** What can be done with the instance of a row, over the link that the rest of the row is. */
export function RowActions({ instance, actions, onDelete }: Props) {
  const [asked, setAsked] = useState(false);
  const { name, enabled } = instance;
  const more = <IconButton icon="more" label={`${name}: more`} aria-haspopup="menu" onClick={() => setAsked(true)} />;
  return (
    <span className="relative z-1 inline-flex items-center gap-0.5">
      <IconButton
        icon="refresh"
        label={enabled ? `Run ${name} now` : `${name} is paused`}
        disabled={!enabled}
        onClick={() => actions.runNow(instance)}
        className="max-sm:hidden"
      />
      {asked ? (
        <Suspense fallback={more}>
          <RowMenu instance={instance} actions={actions} onDelete={onDelete} />
        </Suspense>
      ) : (
        more
      )}
    </span>
  );
}
