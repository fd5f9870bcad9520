import type { Failure } from "../../plugins/sdk/collect";
import type { Clock } from "../clock";
import { messageOf } from "../errors";
import type { Log } from "../log";
import type { Bus } from "../metrics/bus";
import type { Measured, RateBook } from "../metrics/rates";
import type { SeriesIndex } from "../metrics/series";
import type { MetricStore } from "../metrics/store";
import { createTrouble } from "../trouble";
import type { Instance } from "./instance";
import type { Ledger } from "./ledger";
import { OWN_METRICS } from "./own-metrics";
import type { Run, Runner } from "./run";
import type { RunTally } from "./run-tally";
import { nextStatus, type Status } from "./status";
import { type Reading, type Validated, validateReadings } from "./validate";

/** Known series need no database; new ones are not worth a run that hangs. */
const LOOK_UP_MS = 5_000;

/** What looks at the samples as they pass. Never throws, and waits for nothing. */
export interface Evaluator {
  evaluate(seen: {
    readonly instance: Instance;
    readonly at: number;
    readonly series: readonly number[];
    readonly values: readonly number[];
    readonly failed: boolean;
    readonly consecutiveErrors: number;
  }): void;
}

interface PipelineParts {
  readonly runner: Runner;
  readonly rates: RateBook;
  readonly series: SeriesIndex;
  readonly store: MetricStore;
  readonly ledger: Ledger;
  readonly tally: Pick<RunTally, "count">;
  readonly alerts: Evaluator;
  readonly bus: Pick<Bus<Status>, "publish">;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Pipeline {
  /** Collect, validate, store, evaluate, publish. Resolves to whether the run succeeded; a dead store fails no collection. */
  collectOnce(instance: Instance, at: number, stop: AbortSignal): Promise<boolean>;
  forget(instanceId: string): void;
}

export function createPipeline(parts: PipelineParts): Pipeline {
  const { runner, rates, series, store, ledger, tally, alerts, bus, clock, log } = parts;
  const failures = createFailureCount();
  const lookUps = createTrouble(log, {
    failing: "new series cannot be stored; their samples are refused until they can",
    over: "new series are stored again",
  });

  return {
    async collectOnce(instance, at, stop) {
      const run = await runner.run(instance, at, stop);
      if (stop.aborted) return false;
      const validated = validateReadings(run.plugin, run.readings);
      const status = nextStatus(ledger.status(instance.id), run, at);
      const ofRun = ownReadings(run, status, failures.count(instance.id, run.failure));
      const own = validateReadings({ metrics: OWN_METRICS }, ofRun);
      const readings: Reading[] = [...validated.readings, ...own.readings];
      const measured = rates.apply(instance.id, readings, at);
      const samples = await identify(instance, measured, at);
      storeSamples(samples, instance);
      const { consecutiveErrors } = status;
      const failed = run.failure !== undefined;
      alerts.evaluate({ instance, at, series: samples.series, values: samples.value, failed, consecutiveErrors });
      remember(instance, run, validated, status, samples.refused);
      const outcome = outcomeOf(run);
      tally.count({
        plugin: instance.plugin,
        outcome,
        durationMs: run.durationMs,
        samples: samples.series.length,
        refused: validated.refused + samples.refused,
      });
      bus.publish({ instanceId: instance.id, at, series: samples.series, values: samples.value, status, outcome });
      return !failed;
    },
    forget(instanceId) {
      runner.forget(instanceId);
      rates.forget(instanceId);
      failures.forget(instanceId);
      ledger.forget(instanceId);
    },
  };

  /** Ids in the order of the readings; a database that is away or silent costs those of new series only. */
  async function lookUp(instance: Instance, measured: readonly Measured[]): Promise<(number | undefined)[]> {
    let forget = () => {};
    const tooLate = new Promise<never>((_, reject) => {
      forget = clock.after(LOOK_UP_MS, () =>
        reject(new Error(`the database did not answer in ${LOOK_UP_MS / 1_000} s`)),
      );
    });
    try {
      const ids = await Promise.race([series.identify(instance.id, measured, clock.now()), tooLate]);
      lookUps.worked();
      return ids;
    } catch (error) {
      lookUps.failed(error, { instance: instance.name });
      return series.known(instance.id, measured);
    } finally {
      forget();
    }
  }

  /** Readings become samples of a stable series. What cannot be identified is counted. */
  async function identify(instance: Instance, measured: readonly Measured[], at: number) {
    const known = series.known(instance.id, measured);
    const ids = known.includes(undefined) ? await lookUp(instance, measured) : known;
    const samples = { series: [] as number[], at: [] as number[], value: [] as number[], refused: 0 };
    for (const [index, { value }] of measured.entries()) {
      const id = ids[index];
      if (id === undefined) samples.refused += 1;
      else {
        samples.series.push(id);
        samples.at.push(at);
        samples.value.push(value);
      }
    }
    return samples;
  }

  function storeSamples(samples: { series: number[]; at: number[]; value: number[] }, instance: Instance): void {
    if (samples.series.length === 0) return;
    try {
      store.write(samples);
    } catch (error) {
      log.warn({ instance: instance.name, error: messageOf(error) }, "samples were not stored");
    }
  }

  function remember(instance: Instance, run: Run, validated: Validated, status: Status, unidentified: number): void {
    const last = ledger.status(instance.id);
    if (last.health !== status.health) tellChange(instance, last, status);
    const remarks = [...run.partial.map(({ message }) => message), ...validated.remarks];
    if (unidentified > 0)
      remarks.push(`${unidentified} readings found no series: the instance has too many, or the database is away.`);
    ledger.record(
      {
        instanceId: instance.id,
        startedAt: run.at,
        durationMs: run.durationMs,
        outcome: outcomeOf(run),
        readings: validated.readings.length,
        refused: validated.refused + unidentified,
        attempts: run.attempts,
        reason: status.reason,
        message: status.message,
        hint: status.hint,
        remarks: remarks.slice(0, 20),
      },
      status,
      run.inventory,
    );
  }

  /** Changes are logged, repetition is not. */
  function tellChange(instance: Instance, last: Status, status: Status): void {
    const facts = {
      plugin: instance.plugin,
      instance: instance.name,
      was: last.health,
      reason: status.reason,
      message: status.message,
    };
    if (status.health === "failing") log.warn(facts, "instance is failing");
    else if (status.health === "degraded") log.info(facts, "instance is degraded");
    else if (last.health !== "unknown") log.info(facts, "instance has recovered");
  }
}

const outcomeOf = (run: Run) => (run.failure ? "failed" : run.partial.length > 0 ? "partial" : "ok");

function ownReadings(run: Run, status: Status, errors: number) {
  const readings = [
    { metric: "unity_collector_up", value: run.failure ? 0 : 1, labels: {} },
    { metric: "unity_collector_duration_seconds", value: run.durationMs / 1_000, labels: {} },
  ];
  if (run.failure)
    readings.push({ metric: "unity_collector_errors_total", value: errors, labels: { reason: run.failure.reason } });
  if (status.lastSuccessAt !== null) {
    readings.push({
      metric: "unity_collector_last_success_timestamp_seconds",
      value: status.lastSuccessAt / 1_000,
      labels: {},
    });
  }
  return readings;
}

/** Failures per instance and reason since the start: the raw side of a counter. */
function createFailureCount() {
  const counts = new Map<string, Map<string, number>>();
  return {
    count(instanceId: string, failure: Failure | undefined): number {
      if (!failure) return 0;
      const mine = counts.get(instanceId) ?? new Map<string, number>();
      counts.set(instanceId, mine);
      const count = (mine.get(failure.reason) ?? 0) + 1;
      mine.set(failure.reason, count);
      return count;
    },
    forget: (instanceId: string) => void counts.delete(instanceId),
  };
}
