"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { IconButton } from "./IconButton";
import { StatusShape } from "./StatusShape";
import type { Tone } from "./tones";

interface Toast {
  readonly text: string;
  /** Default "ok". A "bad" one stays until it is closed. */
  readonly tone?: Tone;
  readonly action?: { readonly name: string; run(): void };
}
type Shown = Toast & { readonly id: number };

const ToastContext = createContext<(toast: Toast) => void>(() => {});
/** Says in a corner that something was done, or was not. */
export const useToast = () => useContext(ToastContext);

/** More would cover the page; the oldest goes. */
const AT_ONCE = 3;
const STAYS_MS = 5_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ next: number; toasts: readonly Shown[] }>({ next: 0, toasts: [] });
  const add = useCallback(
    (toast: Toast) =>
      setShown(({ next, toasts }) => ({ next: next + 1, toasts: [...toasts, { ...toast, id: next }].slice(-AT_ONCE) })),
    [],
  );
  const close = useCallback(
    (id: number) => setShown((old) => ({ ...old, toasts: old.toasts.filter((toast) => toast.id !== id) })),
    [],
  );
  return (
    <ToastContext value={add}>
      {children}
      <section
        aria-label="Messages"
        aria-live="polite"
        className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-32px)] flex-col gap-2 max-sm:bottom-20"
      >
        {shown.toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} close={close} />
        ))}
      </section>
    </ToastContext>
  );
}

function ToastCard({ toast: { id, text, tone = "ok", action }, close }: { toast: Shown; close: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (tone === "bad" || held) return;
    const timer = setTimeout(() => close(id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [id, tone, held, close]);
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className="pop pointer-events-auto flex items-start gap-2.5 py-2 pr-1.5 pl-3"
    >
      <StatusShape tone={tone} label="" className="mt-2" size={10} />
      <p className="min-w-0 flex-1 py-1 text-sm break-words">{text}</p>
      {action ? (
        <button
          type="button"
          onClick={() => {
            action.run();
            close(id);
          }}
          className="h-7 rounded-md px-2 text-sm font-medium text-accent hover:bg-hover"
        >
          {action.name}
        </button>
      ) : null}
      <IconButton icon="close" label="Close" onClick={() => close(id)} />
    </div>
  );
}
