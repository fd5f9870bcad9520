"use client";

import { useEffect, useEffectEvent } from "react";

/** Ctrl-Enter or Cmd-Enter, wherever the focus is, but not behind a dialog. */
export function useSaveKey(submit: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || document.querySelector("[role=dialog]")) return;
    event.preventDefault();
    submit();
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
