import type { Collected } from "../../plugins/sdk/collect";
import type { Plugin } from "../../plugins/sdk/plugin";
import { messageOf } from "../errors";
import { createRedactor } from "../redact";
import type { Instance } from "./instance";

/** Takes an instance's secrets out of what a plugin says in words. */
type Redact = <T>(words: T) => T;

/** Most runs say nothing: the secrets are listed when one does. */
export function createRunRedactor(plugin: Plugin, config: Instance["config"]): Redact {
  let redact: Redact | undefined;
  return (words) => {
    redact ??= createRedactor(plugin.config, config);
    return redact(words);
  };
}

/** Errors of services and libraries repeat addresses and headers. Readings are names and numbers, and stay. */
export function redactRun(run: Collected, redact: Redact): Collected {
  if (!run.failure && run.partial.length === 0) return run;
  return { ...run, failure: run.failure && redact(run.failure), partial: run.partial.map((one) => redact(one)) };
}

/** For the log: what an error is made of is not known, and not all of it is text that can be looked through. */
export const plainFacts = (facts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, fact instanceof Error ? messageOf(fact) : fact]),
  );
