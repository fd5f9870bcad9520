import type { ReactNode } from "react";
import { Mark } from "@/components/frame/Mark";

/** What stands alone before somebody is signed in. */
export function Doorway({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-bg px-4 py-10">
      <div className="flex w-full max-w-sm flex-col gap-6">
        <div className="flex flex-col items-center gap-3 text-center">
          <Mark size={44} />
          <h1 className="text-lg font-semibold text-balance">{title}</h1>
          {lead ? <p className="text-sm text-pretty text-muted">{lead}</p> : null}
        </div>
        <div className="rounded-2xl border border-line bg-surface p-5 sm:p-6">{children}</div>
      </div>
    </main>
  );
}
