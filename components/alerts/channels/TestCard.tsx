"use client";

import type { ChannelTest } from "@/components/data/outputs";
import { Button } from "@/components/ui/Button";
import { Card, CardTitle } from "@/components/ui/Card";
import { StatusShape } from "@/components/ui/StatusShape";

interface Props {
  readonly result: ChannelTest | undefined;
  readonly busy: boolean;
  onTest(): void;
}

/** A test that really sends, and what the service said to it. Its words are only text. */
export function TestCard({ result, busy, onTest }: Props) {
  return (
    <Card role="region" aria-label="Test" aria-live="polite" aria-busy={busy}>
      <CardTitle
        aside={
          <Button size="small" icon="play" busy={busy} onClick={onTest}>
            {result ? "Test again" : "Send a test"}
          </Button>
        }
      >
        Test
      </CardTitle>
      {result ? (
        <div className={`flex items-start gap-2.5 ${busy ? "opacity-50" : ""}`}>
          <StatusShape tone={result.ok ? "ok" : "bad"} label="" size={11} className="mt-1" />
          <div className="min-w-0">
            <p className="text-sm font-medium">
              {result.ok ? "It was taken. Look whether it arrived." : "It was not taken."}
            </p>
            <p className="mt-0.5 font-mono text-xs break-all text-muted">
              <bdi>{result.answer || "Without a word."}</bdi>
            </p>
            {result.again ? (
              <p className="mt-0.5 text-xs text-muted">Later it may work: alerts are tried again.</p>
            ) : null}
          </div>
        </div>
      ) : (
        <p className="text-sm text-pretty text-muted">
          Sends a message that says it is a test, with what stands in the form, and shows what the service answers.
          Nothing is saved.
        </p>
      )}
    </Card>
  );
}
