"use client";

import type { ReactNode } from "react";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";
import { useThemeChanges } from "./theme";
import { useAttention } from "./use-attention";
import { useTabMark } from "./use-tab-mark";

/** What stands around every page: places, search, state of the connection, keys. */
export function Frame({ children }: { children: ReactNode }) {
  const { failing } = useAttention();
  useThemeChanges();
  useTabMark(failing.length);
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg bg-accent px-3 py-1.5 text-sm font-medium text-on-accent focus-visible:translate-y-0"
      >
        Skip to content
      </a>
      <Rail failing={failing.length} />
      <div className="flex min-h-dvh flex-col pb-[calc(56px+env(safe-area-inset-bottom))] sm:ps-(--rail) sm:pb-0">
        <TopBar onSearch={() => {}} />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-[1600px] min-w-0 flex-1 flex-col gap-5 px-3 py-4 outline-none sm:px-4 lg:px-6 lg:py-5"
        >
          {children}
        </main>
      </div>
    </>
  );
}
