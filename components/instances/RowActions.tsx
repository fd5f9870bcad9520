"use client";

import { type ComponentProps, type ComponentType, type CSSProperties, useState } from "react";
import type { InstanceSummary } from "@/components/data/outputs";
import { iconMask } from "@/components/ui/icons";
import type { InstanceActions } from "./use-instance-actions";

/** The menu comes when it is asked for: hundreds of rows need none until then. */
const loadMenu = () => import("./RowMenu").then(({ RowMenu }) => RowMenu);

/** The drawings of the buttons, for the list's wrapper. */
export const ROW_ICONS = {
  "--icon-refresh": iconMask("refresh"),
  "--icon-more": iconMask("more"),
} as CSSProperties;

interface Props {
  readonly instance: InstanceSummary;
  readonly actions: InstanceActions;
  readonly mayRun: boolean;
  readonly mayChange: boolean;
  onDelete(instance: InstanceSummary): void;
}

/** What can be done with the instance of a row, over the link that the rest of the row is. The cell gives the buttons their looks. */
export function RowActions({ instance, actions, mayRun, mayChange, onDelete }: Props) {
  const [Menu, setMenu] = useState<ComponentType<ComponentProps<Awaited<ReturnType<typeof loadMenu>>>> | null>(null);
  const { name, enabled } = instance;
  return (
    <>
      {mayRun ? (
        <button
          type="button"
          aria-label={enabled ? `Run ${name} now` : `${name} is paused`}
          disabled={!enabled}
          onClick={() => actions.runNow(instance)}
        />
      ) : null}
      {!mayChange ? null : Menu ? (
        <Menu instance={instance} actions={actions} onDelete={onDelete} />
      ) : (
        <button
          type="button"
          aria-label={`${name}: more`}
          aria-haspopup="menu"
          // A pointer on the button is a good guess; a failure is told when it is pressed.
          onPointerEnter={() => void loadMenu().catch(() => {})}
          onClick={() => loadMenu().then((loaded) => setMenu(() => loaded), actions.menuFailed)}
        />
      )}
    </>
  );
}
