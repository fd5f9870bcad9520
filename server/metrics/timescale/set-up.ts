import type { SqlEngine, Statement } from "../../db/sql-engine";
import { messageOf } from "../../errors";
import type { Retention } from "../store";
import { detectTimescale, explain, saysNotPreloaded, type Timescale } from "./detect";
import { hasChunks } from "./has-chunks";
import { planObjects } from "./plan-objects";
import { planPolicies } from "./plan-policies";

/** What was made, was there already, was not wanted here, or could not be made and why. */
export interface SetUpStep {
  readonly step: string;
  readonly outcome: "done" | "already" | "skipped" | "failed";
  readonly detail: string;
}
export interface SetUp {
  readonly timescale: Timescale;
  readonly steps: readonly SetUpStep[];
  /** Everything that samples need is there; what only makes them smaller may be missing. */
  readonly usable: boolean;
}

/** Something in the database: how to see that it is there, and what makes it. */
export interface Plan {
  readonly step: string;
  /** A condition in SQL. */
  readonly there: string;
  readonly make: readonly string[];
  /** Samples can be kept without it. */
  readonly optional: boolean;
  readonly detail: string;
  /** Where this condition does not hold, it is not wanted. */
  readonly wanted?: { readonly when: string; readonly otherwise: string };
}

/** Of the lock that processes which start at once wait for: "unity_ts" in ASCII. */
const lock: Statement = { sql: `select pg_advisory_xact_lock(${0x756e6974}, ${0x795f7473})` };

/**
 * Makes in a database what samples need, as far as it is missing and may be made. It may run twice, and at once with others; it
 * deletes nothing. What fails is reported, not thrown.
 * @param policies null leaves rolling up, compressing and retention to whoever asks for it
 */
export async function setUpTimescale(engine: SqlEngine, { policies }: { policies: Retention | null }): Promise<SetUp> {
  const { timescale, steps } = await createExtension(engine);
  const { state, version } = timescale;
  if (state !== "ready" || !version) return { timescale, steps, usable: false };
  for (const plan of planObjects(version)) {
    const made = await carryOut(engine, plan);
    steps.push(made);
    if (made.outcome === "failed" && !plan.optional) return { timescale, steps, usable: false };
  }
  if (!policies) return { timescale, steps, usable: true };
  if (await hasChunks(engine)) {
    const detail =
      "Follow when Unity starts and has carried over what is in chunks: a job must drop nothing that is not rolled up.";
    return { timescale, steps: [...steps, { step: "policies", outcome: "skipped", detail }], usable: true };
  }
  return { timescale, steps: [...steps, ...(await setPolicies(engine, version, policies))], usable: true };
}

export async function setPolicies(engine: SqlEngine, version: string, kept: Retention): Promise<SetUpStep[]> {
  const steps: SetUpStep[] = [];
  for (const plan of planPolicies(version, kept)) steps.push(await carryOut(engine, plan));
  return steps;
}

async function createExtension(engine: SqlEngine): Promise<{ timescale: Timescale; steps: SetUpStep[] }> {
  const step = "extension timescaledb";
  const found = await detectTimescale(engine);
  const detail = found.advice ?? `version ${found.version}`;
  if (found.state === "ready") return { timescale: found, steps: [{ step, outcome: "already", detail }] };
  if (found.state === "absent")
    return { timescale: found, steps: [{ step, outcome: "skipped", detail: "The server does not have it." }] };
  if (found.state !== "available") return { timescale: found, steps: [{ step, outcome: "failed", detail }] };
  try {
    await engine.transaction([lock, { sql: "create extension if not exists timescaledb" }]);
  } catch (error) {
    // Where it is not loaded, the server hangs up; where it may not be created, it says so.
    const timescale = saysNotPreloaded(error) ? explain("not-preloaded", found.version) : found;
    return { timescale, steps: [{ step, outcome: "failed", detail: `${timescale.advice} (${messageOf(error)})` }] };
  }
  const timescale = await detectTimescale(engine);
  const made = `version ${timescale.version}`;
  return { timescale, steps: [{ step, outcome: "done", detail: timescale.advice ?? made }] };
}

/** Makes one thing, unless it is there. */
export async function carryOut(engine: SqlEngine, { step, there, make, detail, wanted }: Plan): Promise<SetUpStep> {
  const holds = async (condition: string) =>
    Number((await engine.query(`select case when ${condition} then 1 else 0 end`))[0]?.[0]) === 1;
  try {
    if (wanted && !(await holds(wanted.when))) return { step, outcome: "skipped", detail: wanted.otherwise };
    if (await holds(there)) return { step, outcome: "already", detail };
    await engine.transaction([lock, ...make.map((sql) => ({ sql }))]);
    return { step, outcome: "done", detail };
  } catch (error) {
    return { step, outcome: "failed", detail: messageOf(error) };
  }
}
