import { CollectError, openApi, parseSamples, placeOf, toLabel } from "../sdk";
import type { Context, Reporter } from "./parts";

const MAX_BYTES = 4 * 1_024 * 1_024;

/** Dovecot's statistics as its configuration names them (Dovecot manual, "OpenMetrics"). */
export async function collectEvents(context: Context, report: Reporter, url: string): Promise<void> {
  const { tls, maxItems } = context.config;
  const api = openApi(context, { url, tls, maxBytes: MAX_BYTES });
  const { body } = await api.ask("", { headers: { accept: "application/openmetrics-text, text/plain" } });
  const { version, events } = parseOpenMetrics(body, placeOf(url));
  report("mail_info", 1, { mta: "dovecot", version: toLabel(version) });
  const shown = [...events].slice(0, maxItems);
  for (const [event, number] of shown) report("mail_dovecot_events_total", number, { event: toLabel(event) });
  report("mail_dovecot_events_truncated", events.size > shown.length ? 1 : 0);
}

/** Events that are grouped by fields count together. @throws CollectError `parse` */
function parseOpenMetrics(body: string, where: string): { version: string; events: Map<string, number> } {
  const events = new Map<string, number>();
  let version: string | undefined;
  for (const { name, labels, value } of parseSamples(body, where, (given) => given.startsWith("dovecot_"))) {
    if (name === "dovecot_build_info" || name === "dovecot_build") version = labels.version ?? "";
    const [, event] = /^dovecot_(\w+?)_(?:total|count)$/.exec(name) ?? [];
    if (event === undefined || event.endsWith("_duration_seconds")) continue;
    events.set(event, (events.get(event) ?? 0) + value);
  }
  if (version === undefined && events.size === 0)
    throw new CollectError("parse", `${where} does not answer with Dovecot's metrics.`, {
      hint: "The address is that of service stats in dovecot.conf, with the path /metrics.",
    });
  return { version: version ?? "", events };
}
