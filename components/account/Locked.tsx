"use client";

import type { ReactNode } from "react";
import type { Me } from "@/components/data/outputs";
import { useMe } from "./use-me";

interface Props {
  readonly unless: Me["permissions"][number];
  /** Said to everybody else. */
  readonly why: string;
  readonly children: ReactNode;
}

/** Fields that everybody reads, and only those may fill in who have the permission. */
export function Locked({ unless, why, children }: Props) {
  const { may } = useMe();
  if (may(unless)) return children;
  return (
    // A menu's button opens at a pointer that is pressed, which browsers tell it of though it is disabled.
    <fieldset disabled className="contents [&_button]:pointer-events-none">
      {children}
      <p className="text-xs text-pretty text-muted">{why}</p>
    </fieldset>
  );
}
