"use client";

import { Card } from "@/components/ui/Card";
import { Icon } from "@/components/ui/icons";
import { backtestWords } from "./backtest-words";
import type { useBacktest } from "./use-preview";

/** "In the last 30 days it would have fired 7 times, for 42 min." */
export function BacktestLine({ backtest: { data, error, isFetching } }: { backtest: ReturnType<typeof useBacktest> }) {
  const words = data ? backtestWords(data) : null;
  return (
    <Card role="region" aria-label="How it would have done" aria-live="polite" aria-busy={isFetching}>
      <div className="flex items-start gap-2.5">
        <Icon name="clock" size={16} className="mt-0.5 text-muted" />
        <div className="min-w-0">
          {error ? (
            <p className="text-sm text-warn">It could not be tried on the past: {error.message}</p>
          ) : words ? (
            <>
              <p className={`num text-sm font-medium text-pretty ${isFetching ? "opacity-50" : ""}`}>{words.text}</p>
              {words.limits ? <p className="num mt-0.5 text-xs text-pretty text-muted">{words.limits}</p> : null}
            </>
          ) : (
            <p className="text-sm text-muted">Trying it on the last 30 days …</p>
          )}
        </div>
      </div>
    </Card>
  );
}
