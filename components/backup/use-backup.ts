"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";
import { type BackupChoice, type Downloaded, downloadBackup } from "./download-backup";

/** Often enough to be seen going on. */
const SHOWN_EVERY_MS = 150;

/** One backup on its way into the browser. It goes on where the viewer looks at another page meanwhile, not in a tab that is closed. */
export function useBackup() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  /** Bytes until now; null: none is on its way. */
  const [bytes, setBytes] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Downloaded | null>(null);
  const cancel = useRef<AbortController>(null);
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  async function begin(choice: BackupChoice): Promise<Downloaded> {
    const controller = new AbortController();
    cancel.current = controller;
    setOutcome(null);
    setBytes(0);
    let shownAt = 0;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    const done = await downloadBackup(choice, {
      signal: controller.signal,
      got(now) {
        if (performance.now() - shownAt < SHOWN_EVERY_MS) return;
        shownAt = performance.now();
        setBytes(now);
      },
    });
    window.removeEventListener("beforeunload", stay);
    setBytes(null);
    setOutcome(done);
    // Who looks at another page is told there.
    if (!isShown.current)
      toast(done.ok ? { text: `${done.name} is saved.` } : { tone: "bad", text: `No backup: ${done.message}` });
    void queryClient.invalidateQueries(trpc.backup.pathFilter());
    return done;
  }

  return { bytes, outcome, begin, cancel: () => cancel.current?.abort() };
}
