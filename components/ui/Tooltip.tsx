"use client";

import * as Radix from "@radix-ui/react-tooltip";
import type { ReactNode } from "react";

/** Once around the page: moving from one tooltip to the next shows it at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={200} disableHoverableContent>
      {children}
    </Radix.Provider>
  );
}

interface Props {
  readonly text: ReactNode;
  /** One element that takes focus; otherwise the tooltip is out of the keyboard's reach. */
  readonly children: ReactNode;
  readonly side?: "top" | "bottom" | "left" | "right";
}

export function Tooltip({ text, children, side = "top" }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="pop num z-50 max-w-xs px-2 py-1 text-xs break-words"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
