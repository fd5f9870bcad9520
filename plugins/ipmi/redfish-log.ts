import { type CollectContext, toLabel } from "../sdk";
import type { Bmc, EventLog } from "./bmc";
import type { Config } from "./config";
import type { Link, Redfish } from "./redfish";
import { Entries, LogService } from "./redfish-shapes";

const DAY_MS = 86_400_000;
const MAX_SERVICES = 8;
/** Some services tell the newest first, some last. */
const MAX_PAGES = 5;
const SHOWN = 20;

/** Names of the log that an operator looks at, of the makers: SEL, IML (HPE), EventLog. */
const EVENTS = /\b(sel|iml|iel|event ?log|eventlog|log1|standardlog|platformlog)\b/i;

export interface LogRead {
  readonly log: EventLog;
  readonly events: Bmc["events"];
}

/** The event log among the logs of a system or manager. Undefined when there is none. */
export async function readLog(
  context: Pick<CollectContext<Config>, "now">,
  redfish: Redfish,
  services: readonly Link[],
): Promise<LogRead | undefined> {
  for (const { "@odata.id": path } of services) {
    for (const member of (await redfish.members(path)).paths.slice(0, MAX_SERVICES)) {
      const service = await redfish.get(LogService, member);
      const isEvents = service.LogEntryType === "SEL" || EVENTS.test(`${service.Id ?? ""} ${service.Name ?? ""}`);
      if (!isEvents || !service.Entries) continue;
      return readEntries(context, redfish, service.Entries["@odata.id"], service.MaxNumberOfRecords ?? undefined);
    }
  }
  return undefined;
}

async function readEntries(
  { now }: Pick<CollectContext<Config>, "now">,
  redfish: Redfish,
  path: string,
  capacity: number | undefined,
): Promise<LogRead> {
  const found: { at: number; what: string }[] = [];
  let entries: number | undefined;
  let seen = 0;
  let next: string | undefined = path;
  for (let page = 0; next !== undefined && page < MAX_PAGES && !redfish.isSpent(); page += 1) {
    const answer: Entries = await redfish.get(Entries, next);
    entries ??= answer["Members@odata.count"] ?? undefined;
    seen += answer.Members.length;
    for (const { Severity, Created, Message } of answer.Members) {
      const at = Date.parse(Created ?? "");
      if (Severity === "Critical" && Number.isFinite(at)) found.push({ at, what: toLabel(Message ?? "") });
    }
    next = answer["Members@odata.nextLink"] ?? answer["@odata.nextLink"] ?? undefined;
  }
  const count = entries ?? (next === undefined ? seen : undefined);
  const usedRatio = count !== undefined && capacity ? Math.min(1, count / capacity) : undefined;
  const critical = found.filter(({ at }) => now - at <= DAY_MS).length;
  const newest = found.sort((a, b) => b.at - a.at).slice(0, SHOWN);
  return {
    log: { entries: count, usedRatio, critical },
    events: newest.map(({ at, what }) => ({ time: new Date(at).toISOString(), what })),
  };
}
