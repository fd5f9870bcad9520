"use client";

import { useEffect, useSyncExternalStore } from "react";
import { THEME_KEY } from "./theme-script";

export type Theme = "auto" | "light" | "dark";
export const THEMES: readonly { readonly value: Theme; readonly name: string }[] = [
  { value: "auto", name: "Auto" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];

const listeners = new Set<() => void>();
const DARK = "(prefers-color-scheme: dark)";

const isTheme = (text: string | null | undefined): text is Theme => THEMES.some(({ value }) => value === text);

function chosen(): Theme {
  const theme = document.documentElement.dataset.theme;
  return isTheme(theme) ? theme : "auto";
}

function show(theme: Theme): void {
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.classList.toggle("dark", theme === "dark" || (theme === "auto" && matchMedia(DARK).matches));
  for (const listener of listeners) listener();
}

export function setTheme(theme: Theme): void {
  try {
    if (theme === "auto") localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Storage is forbidden here: the choice lasts as long as the page.
  }
  show(theme);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What was chosen. "auto" while the server renders, which cannot know. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, chosen, () => "auto");

/** Follows the system's theme and the choice made in another tab. Once a page. */
export function useThemeChanges(): void {
  useEffect(() => {
    const media = matchMedia(DARK);
    const system = () => show(chosen());
    const otherTab = (event: StorageEvent) => {
      if (event.key === THEME_KEY) show(isTheme(event.newValue) ? event.newValue : "auto");
    };
    media.addEventListener("change", system);
    addEventListener("storage", otherTab);
    // What the system changed before the page was taken over.
    system();
    return () => {
      media.removeEventListener("change", system);
      removeEventListener("storage", otherTab);
    };
  }, []);
}
