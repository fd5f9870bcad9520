"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { useLive } from "@/components/data/live";
import { hrefOfClick } from "./href-of-click";
import { leave } from "./leaving";

/**
 * Goes to a page. While Unity is away the browser would leave for its own error page: the wish is kept instead, and fulfilled when
 * Unity is back.
 */
export function useGo() {
  const router = useRouter();
  const { connection } = useLive();
  const lost = connection === "lost";
  const [wanted, setWanted] = useState<string | null>(null);

  const go = useCallback(
    (href: string) => {
      if (lost) setWanted(href);
      else leave(() => router.push(href));
    },
    [lost, router],
  );
  useEffect(() => {
    if (lost) return;
    if (wanted !== null) {
      setWanted(null);
      router.push(wanted);
    }
  }, [lost, wanted, router]);
  useEffect(() => {
    if (!lost) return;
    const click = (event: MouseEvent) => {
      const href = hrefOfClick(event);
      if (href === null) return;
      event.preventDefault();
      setWanted(href);
    };
    // Before Next's own links hear of it.
    document.addEventListener("click", click, { capture: true });
    return () => document.removeEventListener("click", click, { capture: true });
  }, [lost]);
  return { go, wanted, stay: () => setWanted(null) };
}
