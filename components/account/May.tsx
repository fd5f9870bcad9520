"use client";

import type { ReactNode } from "react";
import type { Me } from "@/components/data/outputs";
import { useMe } from "./use-me";

interface Props {
  readonly permission: Me["permissions"][number];
  readonly children: ReactNode;
  /** For everybody else. Default: nothing. */
  readonly otherwise?: ReactNode;
}

/** What only those are shown who may do it; the server decides on its own. */
export function May({ permission, children, otherwise = null }: Props) {
  const { may } = useMe();
  return may(permission) ? children : otherwise;
}
