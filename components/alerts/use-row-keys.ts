"use client";

import { useMe } from "@/components/account/use-me";
import { useKeys } from "@/components/frame/use-keys";

interface Deeds {
  /** A page about one alert: its keys need no focus. */
  readonly only?: string;
  acknowledge(id: string): void;
  snooze(id: string): void;
}

/** `a` and `s` on the row that has the focus; `j` and `k` bring it there. */
export function useRowKeys({ only, acknowledge, snooze }: Deeds): void {
  const { may } = useMe();
  const onRow = (deed: (id: string) => void) => () => {
    const id = only ?? document.activeElement?.closest<HTMLElement>("[data-alert]")?.dataset.alert;
    if (id !== undefined) deed(id);
  };
  useKeys(may("respond") ? { a: onRow(acknowledge), s: onRow(snooze) } : {});
}
