"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";

/**
 * Asks before unsaved changes are left: by a link, the back button, or closing the tab. Next has no hook for it, so links are
 * caught before its router sees them; the back button is caught where the browser lets a page do that.
 */
export function useLeaveGuard(dirty: boolean) {
  const router = useRouter();
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const allowed = useRef(false);

  useEffect(() => {
    if (!dirty) return;
    const ask = (go: () => void) =>
      setLeaving(() => () => {
        allowed.current = true;
        go();
      });
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (!allowed.current) event.preventDefault();
    };
    const click = (event: MouseEvent) => {
      const href = allowed.current ? null : insideLink(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      ask(() => router.push(href));
    };
    const traverse = (event: NavigateEvent) => {
      if (event.navigationType !== "traverse" || !event.cancelable || allowed.current) return;
      event.preventDefault();
      const { key } = event.destination;
      ask(() => window.navigation.traverseTo(key));
    };
    // Not in every browser yet.
    const navigation = "navigation" in window ? window.navigation : undefined;
    window.addEventListener("beforeunload", beforeUnload);
    document.addEventListener("click", click, true);
    navigation?.addEventListener("navigate", traverse);
    return () => {
      window.removeEventListener("beforeunload", beforeUnload);
      document.removeEventListener("click", click, true);
      navigation?.removeEventListener("navigate", traverse);
    };
  }, [dirty, router]);

  return {
    /** Leaves, once the viewer has said so; null while nobody wants to. */
    leaving,
    stay: () => setLeaving(null),
    /** What comes next is meant: it was saved, or deleted. */
    allow: () => {
      allowed.current = true;
    },
  };
}

/** Where a plain click on a link of this site leads; null for everything else. */
function insideLink(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target === "_blank" || link.hasAttribute("download") || link.origin !== location.origin)
    return null;
  if (link.pathname === location.pathname && link.search === location.search) return null;
  return link.pathname + link.search + link.hash;
}
