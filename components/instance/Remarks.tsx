"use client";

import { formatExact } from "@/components/format";

/** Readings that the last run refused, folded: the instance is well, and somebody may still want to know. */
export function Remarks({ remarks, refused }: { remarks: readonly string[]; refused: number }) {
  return (
    <details className="rounded-xl border border-line px-4 py-2 text-sm">
      <summary className="num text-muted">
        {refused > 0
          ? `${formatExact(refused)} ${refused === 1 ? "reading was" : "readings were"} refused in the last run`
          : "The last run has remarks"}
      </summary>
      <ul className="mt-2 flex list-disc flex-col gap-1 ps-4 pb-1 text-xs">
        {remarks.map((remark) => (
          <li key={remark} className="break-words">
            {remark}
          </li>
        ))}
      </ul>
    </details>
  );
}
