"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { Tabs } from "./Tabs";

/** Pages of one place, as tabs. On a phone they are wider than the screen: the current one is brought into sight. */
export function PlaceTabs(props: ComponentProps<typeof Tabs>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  return (
    <div ref={box} className="min-w-0">
      <Tabs {...props} />
    </div>
  );
}
