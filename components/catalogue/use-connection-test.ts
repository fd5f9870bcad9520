"use client";

import { useEffect, useRef, useState } from "react";
import type { TestResult } from "../data/outputs";
import { useTRPCClient } from "../data/trpc";
import { type Refusal, refusalOf } from "./refusal";

export type TestState =
  | { readonly phase: "idle" }
  | { readonly phase: "running"; readonly startedAt: number }
  | { readonly phase: "done"; readonly result: TestResult; readonly at: number }
  | { readonly phase: "refused"; readonly refusal: Refusal };

type Ended = Extract<TestState, { phase: "done" | "refused" }>;
type Input = Parameters<ReturnType<typeof useTRPCClient>["plugins"]["test"]["mutate"]>[0];

/** "Test connection": one at a time, which the viewer or leaving the page ends, on the server too. */
export function useConnectionTest() {
  const client = useTRPCClient();
  const [state, setState] = useState<TestState>({ phase: "idle" });
  const running = useRef<AbortController>(undefined);

  useEffect(() => () => running.current?.abort(), []);

  /** Cancelled, or another has begun: what comes late is for nobody. */
  function settle<S extends TestState>(own: AbortController, next: S): S | undefined {
    if (running.current !== own) return undefined;
    running.current = undefined;
    setState(next);
    return next;
  }

  return {
    state,
    cancel() {
      running.current?.abort();
      running.current = undefined;
      setState({ phase: "idle" });
    },
    async start(input: Input): Promise<Ended | undefined> {
      running.current?.abort();
      const own = new AbortController();
      running.current = own;
      setState({ phase: "running", startedAt: Date.now() });
      try {
        const result = await client.plugins.test.mutate(input, { signal: own.signal });
        return settle(own, { phase: "done", result, at: Date.now() });
      } catch (error) {
        return settle(own, { phase: "refused", refusal: refusalOf(error) });
      }
    },
  };
}
