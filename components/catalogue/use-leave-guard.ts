"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { hrefOfClick } from "@/components/frame/href-of-click";
import { askBeforeLeaving } from "@/components/frame/leaving";

/**
 * Asks before unsaved changes are left: by a link, a key, the search, the back button, or closing the tab. Next has no hook
 * for it, so links are caught before its router sees them; the back button is caught where the browser lets a page do that.
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
      const href = allowed.current || event.defaultPrevented ? null : hrefOfClick(event);
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
    const endAsking = askBeforeLeaving((go) => (allowed.current ? go() : ask(go)));
    window.addEventListener("beforeunload", beforeUnload);
    document.addEventListener("click", click, true);
    navigation?.addEventListener("navigate", traverse);
    return () => {
      endAsking();
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
