"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { hrefOfClick } from "./href-of-click";

/** Plain links under this element change the page without loading it anew. One listener for all: hundreds of rows have one each. */
export function useRowLinks<E extends HTMLElement>() {
  const router = useRouter();
  const ref = useRef<E>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const click = (event: MouseEvent) => {
      const href = event.defaultPrevented ? null : hrefOfClick(event);
      if (href === null) return;
      event.preventDefault();
      router.push(href);
    };
    element.addEventListener("click", click);
    return () => element.removeEventListener("click", click);
  }, [router]);
  return ref;
}
