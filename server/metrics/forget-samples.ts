import type { Log } from "../log";
import type { SeriesIndex } from "./series";
import type { MetricStore } from "./store";

/** Of an instance that was removed. Never throws: what stays behind is logged. */
export async function forgetSamples(
  instance: { readonly id: string; readonly name: string },
  { series, store, log }: { series: SeriesIndex; store: MetricStore; log: Log },
): Promise<void> {
  try {
    await store.forget(await series.forget(instance.id));
  } catch (error) {
    log.error({ err: error, instance: instance.name }, "the samples of a removed instance could not be deleted");
  }
}
