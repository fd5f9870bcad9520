"use client";

import { useEffect, useEffectEvent } from "react";
import { createKeyReader } from "./read-key";

/** Where letters are letters: fields, what has type-ahead, and dialogs, which must not move the page behind them. */
const OWN_KEYS =
  "input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true], [role=menu], [role=listbox], [role=combobox], [role=dialog]";

const isTyped = ({ target }: KeyboardEvent) => target instanceof Element && target.closest(OWN_KEYS) !== null;

/** Runs what a key stands for; never while something is typed, never with Ctrl, Alt or Meta. @param keys "j", "?", "g o" */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((combination: string) => {
    if (!Object.hasOwn(keys, combination)) return false;
    keys[combination]?.();
    return true;
  });
  useEffect(() => {
    const read = createKeyReader();
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
      if (event.key === "Shift" || isTyped(event)) return;
      if (press(read(event.key, event.timeStamp))) event.preventDefault();
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

/** Ctrl-K and Cmd-K work everywhere, while typing too. */
export function useSearchKey(open: () => void): void {
  const press = useEffectEvent(open);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      press();
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
