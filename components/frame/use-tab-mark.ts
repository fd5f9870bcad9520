"use client";

import { useEffect } from "react";
import type { Alarm } from "./attention";
import { faviconOf, titleOf } from "./tab-mark";

/** The tab's title and icon carry the count of what fires, whatever page sets them. */
export function useTabMark({ count, worst }: Alarm): void {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    const plain = icon?.dataset.plain ?? icon?.href;
    if (icon && plain) icon.dataset.plain = plain;
    const mark = () => {
      const title = titleOf(document.title, count);
      if (document.title !== title) document.title = title;
      const href = worst ? faviconOf(count, worst) : plain;
      if (icon && href && icon.getAttribute("href") !== href) icon.setAttribute("href", href);
    };
    mark();
    // Every navigation writes its own title.
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [count, worst]);
}
