"use client";

import { type ComponentType, useCallback, useRef, useState } from "react";
import { useToast } from "@/components/ui/Toast";

/**
 * A part of the page that is loaded when it is first wanted. React's `lazy` would take the whole page down when the server is
 * away at that moment; here a message says so, and the next try may work.
 * @param name what could not be opened: "Search"
 */
export function useOnDemand<P>(load: () => Promise<ComponentType<P>>, name: string) {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  const [open, setOpen] = useState(false);
  const toast = useToast();
  const loading = useRef<Promise<void>>(undefined);
  const fetchPart = useCallback(() => {
    loading.current ??= load().then(
      (part) => setPart(() => part),
      (error: unknown) => {
        loading.current = undefined;
        throw error;
      },
    );
    return loading.current;
  }, [load]);
  const show = useCallback(() => {
    setOpen(true);
    fetchPart().catch(() => {
      setOpen(false);
      toast({ text: `${name} could not be loaded: Unity does not answer. Try again when it does.`, tone: "bad" });
    });
  }, [fetchPart, name, toast]);
  /** A pointer on the button is a good guess; a failure is told when it is pressed. */
  const prepare = useCallback(() => void fetchPart().catch(() => {}), [fetchPart]);
  return { Part, open, setOpen, show, prepare };
}
