"use client";

import { useEffect, useRef, useState } from "react";
import type { Attention } from "@/components/data/outputs";
import { announcementOf } from "./attention";

/** Tells those who do not see the page that a critical alert has fired, wherever they are. */
export function Announcer({ newest }: Pick<Attention, "newest">) {
  const before = useRef(newest);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const text = announcementOf(before.current, newest);
    if (newest && (!before.current || newest.firedAt >= before.current.firedAt)) before.current = newest;
    if (text !== null) setSaid(text);
  }, [newest]);
  return (
    <p role="alert" className="sr-only">
      {said}
    </p>
  );
}
