"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { useLive } from "@/components/data/live";
import { Button } from "@/components/ui/Button";
import { ErrorState } from "@/components/ui/ErrorState";

interface Props {
  readonly error: unknown;
  /** Asks for the page again. */
  retry(): void;
}

/** Stands in for a page that broke. It tries again by itself when the cause was that Unity was away. */
export function PageError({ error, retry }: Props) {
  const { connection } = useLive();
  const away = connection === "lost";
  const wasAway = useRef(away);
  const again = useEffectEvent(retry);
  useEffect(() => {
    if (wasAway.current && !away) again();
    wasAway.current = away;
  }, [away]);
  return (
    <div className="flex flex-1 flex-col justify-center">
      <ErrorState
        layout="block"
        title={away ? "Unity does not answer" : "This page could not be shown"}
        message={away ? "The page opens by itself as soon as it does." : messageOf(error)}
        hint={away ? "It may be restarting." : hintOf(error)}
        action={
          <Button icon="refresh" onClick={retry}>
            Try again
          </Button>
        }
      />
    </div>
  );
}

/** What the server broke with is in its log only; the page knows a number by which to find it there. */
const digestOf = (error: unknown) =>
  typeof error === "object" && error !== null && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;

function messageOf(error: unknown): string {
  if (digestOf(error) !== null) return "Something went wrong inside Unity.";
  return error instanceof Error && error.message !== "" ? error.message : "Something in the page went wrong.";
}

function hintOf(error: unknown): string {
  const digest = digestOf(error);
  return digest === null
    ? "If it happens again, reload the page."
    : `If it happens again, look for ${digest} in Unity's log.`;
}
