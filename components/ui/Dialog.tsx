"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { IconButton } from "./IconButton";

const WIDTHS = { small: "max-w-sm", normal: "max-w-lg", wide: "max-w-3xl", full: "max-w-[1600px]" } as const;

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one that is meant last. */
  readonly footer?: ReactNode;
  readonly width?: keyof typeof WIDTHS;
  /** A press beside it does not close it: what it shows is shown once. */
  readonly stays?: boolean;
  onOpenChange(open: boolean): void;
}

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = "normal",
  stays = false,
}: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onInteractOutside={stays ? (event) => event.preventDefault() : undefined}
          className={`pop fixed inset-x-3 top-1/2 z-40 mx-auto flex max-h-[calc(100dvh-24px)] -translate-y-1/2 flex-col rounded-2xl ${WIDTHS[width]}`}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0">
              <Radix.Title className="truncate text-base font-semibold">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-sm text-pretty text-muted">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <IconButton icon="close" label="Close" className="-mr-1.5" />
            </Radix.Close>
          </div>
          {children ? <div className="min-h-0 overflow-y-auto px-5 pb-5">{children}</div> : null}
          {footer ? <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
