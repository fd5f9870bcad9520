"use client";

import { type RefObject, useEffect, useState } from "react";

/** True while the element is on the screen or close to it: what nobody sees is not drawn and not fetched. */
export function useOnScreen(element: RefObject<HTMLElement | null>, margin = "240px"): boolean {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: margin,
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, margin]);
  return visible;
}
