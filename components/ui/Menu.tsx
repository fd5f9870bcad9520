"use client";

import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons";

export type MenuItem =
  | "separator"
  | {
      readonly name: string;
      readonly icon?: IconName;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      /** A tick before it: one of several choices. */
      readonly checked?: boolean;
      onSelect(): void;
    };

interface Props {
  /** The one element that opens it. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: "start" | "end";
  /** For one that is only made when it is asked for: it comes open. */
  readonly defaultOpen?: boolean;
  /** For one that a key opens as well: who knows is asked, and told. */
  readonly open?: boolean;
  onOpenChange?(open: boolean): void;
}

const ITEM =
  "flex h-8 items-center gap-2 rounded-md px-2 text-sm outline-none select-none pointer-coarse:h-11 data-disabled:opacity-45 data-highlighted:bg-hover dark:data-highlighted:bg-line";

export function Menu({ trigger, items, align = "end", defaultOpen = false, open, onOpenChange }: Props) {
  return (
    <Radix.Root
      modal={false}
      defaultOpen={defaultOpen}
      {...(open === undefined ? {} : { open })}
      onOpenChange={onOpenChange}
    >
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className="pop z-50 min-w-44 p-1">
          {items.map((item, index) =>
            item === "separator" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: separators have nothing else, and items do not move.
              <Radix.Separator key={index} className="-mx-1 my-1 h-px bg-line" />
            ) : (
              <Radix.Item
                key={item.name}
                disabled={item.disabled}
                onSelect={() => item.onSelect()}
                className={`${ITEM} ${item.danger ? "text-bad" : ""}`}
              >
                {item.icon ? <Icon name={item.icon} size={15} className={item.danger ? "" : "text-muted"} /> : null}
                <span className="flex-1">{item.name}</span>
                {item.checked ? <Icon name="check" size={14} label="chosen" className="text-accent" /> : null}
              </Radix.Item>
            ),
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
