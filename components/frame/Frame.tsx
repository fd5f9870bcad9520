"use client";

import { type ReactNode, Suspense } from "react";
import { Announcer } from "./Announcer";
import { Away } from "./Away";
import { alarmOf } from "./attention";
import { PageRange } from "./PageRange";
import { PLACES } from "./places";
import { Rail } from "./Rail";
import { StoreNotice } from "./StoreNotice";
import { TopBar } from "./TopBar";
import { useThemeChanges } from "./theme";
import { useAttention } from "./use-attention";
import { useGo } from "./use-go";
import { useKeys, useSearchKey } from "./use-keys";
import { useOnDemand } from "./use-on-demand";
import { useTabMark } from "./use-tab-mark";
import { walkRows } from "./walk-rows";

const loadPalette = () => import("./Palette").then(({ Palette }) => Palette);
const loadKeySheet = () => import("./KeySheet").then(({ KeySheet }) => KeySheet);

/** What stands around every page: places, search, state of the connection, keys. */
export function Frame({ children }: { children: ReactNode }) {
  const attention = useAttention();
  const alarm = alarmOf(attention);
  const { go, wanted, stay } = useGo();
  const search = useOnDemand(loadPalette, "Search");
  const sheet = useOnDemand(loadKeySheet, "The list of keys");
  useThemeChanges();
  useTabMark(alarm);
  useSearchKey(search.show);
  useKeys({
    ...Object.fromEntries(PLACES.map(({ key, href }) => [`g ${key}`, () => go(href)])),
    "/": search.show,
    "?": sheet.show,
    j: () => walkRows(1),
    k: () => walkRows(-1),
  });
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg bg-accent px-3 py-1.5 text-sm font-medium text-on-accent focus-visible:translate-y-0"
      >
        Skip to content
      </a>
      <Rail alarm={alarm} />
      <Announcer newest={attention.newest} />
      <div className="flex min-h-dvh flex-col pb-[calc(56px+env(safe-area-inset-bottom))] sm:ps-(--rail) sm:pb-0">
        <TopBar onSearch={search.show} onPrepareSearch={search.prepare} onKeys={sheet.show}>
          <Suspense>
            <PageRange />
          </Suspense>
        </TopBar>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-[1600px] min-w-0 flex-1 flex-col gap-5 px-3 py-4 outline-none sm:px-4 lg:px-6 lg:py-5"
        >
          <StoreNotice />
          {wanted === null ? children : <Away wanted={wanted} onStay={stay} />}
        </main>
      </div>
      {search.Part ? (
        <search.Part open={search.open} onOpenChange={search.setOpen} onKeys={sheet.show} go={go} />
      ) : null}
      {sheet.Part ? <sheet.Part open={sheet.open} onOpenChange={sheet.setOpen} /> : null}
    </>
  );
}
