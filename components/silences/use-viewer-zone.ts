"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The viewer's time zone; UTC until the browser has taken over the page that the server drew. */
export const useViewerZone = (): string =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
