"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** Two screens of cards: what the server draws. */
const AT_FIRST = 24;
const STEP = 80;

/** How many of a long list are drawn; more as the page is scrolled. */
export function useReveal(): { count: number; revealMore(): void } {
  const [count, setCount] = useState(AT_FIRST);
  const revealMore = useCallback(() => setCount((old) => old + STEP), []);
  return { count, revealMore };
}

/** Stands at the end of what is drawn, and asks for more before it is seen. */
export function MoreBelow({ reveal }: { reveal(): void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current) return;
    const observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && reveal(), {
      rootMargin: "800px",
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  });
  return <div ref={mark} className="h-24" aria-hidden="true" />;
}
