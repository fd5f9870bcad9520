import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import { FREQUENCY_SECONDS, type SystemMetrics } from "./metrics";
import { isDue, noteAbsence, orElse, readFact } from "./read-parts";

/** A file each; the mean of so many is as good as that of hundreds. */
const MOST_CPUS = 16;

/** Reports the mean frequency. Virtual machines and many small boards have none. */
export async function collectFrequency(context: CollectContext<Config>, report: Report<SystemMetrics>): Promise<void> {
  if (!isDue(context, "frequency", FREQUENCY_SECONDS)) return;
  const folder = `${context.config.sysRoot}/devices/system/cpu/cpufreq`;
  // One folder for the CPUs that share a clock.
  const names = await orElse(context, [], () => context.listDir(folder));
  const policies = spread(
    names.filter((name) => /^policy\d+$/.test(name)),
    MOST_CPUS,
  );
  const texts = await Promise.all(policies.map((name) => readFact(context, `${folder}/${name}/scaling_cur_freq`)));
  const hertz = texts.filter((text) => /^[1-9]\d{0,9}$/.test(text)).map((text) => Number(text) * 1_000);
  noteAbsence(context, "frequency", hertz.length === 0);
  if (hertz.length > 0) report("system_cpu_frequency_hertz", hertz.reduce((a, b) => a + b) / hertz.length);
}

/** At most so many, from all over: the first CPUs may all be of the fast kind. */
function spread(names: readonly string[], most: number): string[] {
  const step = Math.max(1, names.length / most);
  return names.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, most);
}
