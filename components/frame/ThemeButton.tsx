"use client";

import { Icon } from "@/components/ui/icons";
import { setTheme, type Theme, useTheme } from "./theme";

const NEXT: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };

/** Auto, light, dark, and round again. CSS picks the icon: the server does not know the choice, and must not show a wrong one. */
export function ThemeButton() {
  const theme = useTheme();
  const label = `Theme: ${theme}. Change to ${NEXT[theme]}`;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => setTheme(NEXT[theme])}
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:size-9"
    >
      <Icon name="auto" className="[[data-theme=dark]_&]:hidden [[data-theme=light]_&]:hidden" />
      <Icon name="sun" className="hidden [[data-theme=light]_&]:block" />
      <Icon name="moon" className="hidden [[data-theme=dark]_&]:block" />
    </button>
  );
}
