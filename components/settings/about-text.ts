import type { About } from "@/components/data/outputs";
import { formatInstant, formatText } from "@/components/format";

/** What a report of a fault needs. Names neither the machine nor a path: it may be pasted where everybody reads. */
export function aboutText({
  version,
  runtime,
  startedAt,
  store,
  series,
  instances,
  plugins,
  brokenPlugins,
}: About): string {
  return [
    `Unity ${version}, ${runtime}`,
    `started ${formatInstant(startedAt)}`,
    `${store.engine}, ${formatText(store.bytes, "bytes")}, ${store.samples} samples, ${series} series`,
    `${instances} instances, ${plugins} plugins${brokenPlugins > 0 ? `, ${brokenPlugins} broken` : ""}`,
  ].join("\n");
}
