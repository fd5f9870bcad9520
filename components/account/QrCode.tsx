"use client";

import { useEffect, useState } from "react";
import { Skeleton } from "@/components/ui/Skeleton";
import { qrPath } from "./qr-path";

/** Quiet cells around a code, ISO/IEC 18004. */
const QUIET = 4;
const SIDE_PX = 192;

/** A code for the camera of a phone; always dark on light, as readers want it. Drawn here: what it says leaves the page for nowhere. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [code, setCode] = useState<{ path: string; side: number } | null>(null);
  useEffect(() => {
    let wanted = true;
    // Few people ever see one: it is loaded when it is. Without it, the key beside it does the same.
    import("qr").then(
      ({ encodeQR }) => {
        const cells = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
        if (wanted) setCode({ path: qrPath(cells), side: cells.length });
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [text]);
  if (!code) return <Skeleton className="size-48 rounded-xl" />;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.side} ${code.side}`}
      width={SIDE_PX}
      height={SIDE_PX}
      shapeRendering="crispEdges"
      className="shrink-0 rounded-xl border border-line bg-white"
    >
      <path d={code.path} fill="#000" />
    </svg>
  );
}
