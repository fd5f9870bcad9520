"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { Tabs } from "./Tabs";

/** Pages of one place, as tabs. On a phone they are wider than the screen: the current one is brought into sight. */
export function PlaceTabs(props: ComponentProps<typeof Tabs>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const current = box.current?.querySelector("[aria-current=page]");
    const bar = current?.parentElement;
    if (!current || !bar) return;
    // The bar alone is moved: an address may lead to a place further down.
    const [tab, seen] = [current.getBoundingClientRect(), bar.getBoundingClientRect()];
    if (tab.right > seen.right) bar.scrollLeft += tab.right - seen.right;
    else if (tab.left < seen.left) bar.scrollLeft -= seen.left - tab.left;
  }, []);
  return (
    <div ref={box} className="min-w-0">
      <Tabs {...props} />
    </div>
  );
}
