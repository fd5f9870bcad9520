import type { Bmc, EventLog } from "./bmc";
import { askBmc, type Context } from "./ipmitool";
import { parseFields } from "./parse-ipmi";
import { parseSel, parseSelTime } from "./parse-sel";

const DAY_MS = 86_400_000;
/** Enough for a day of trouble; a board needs a second for some ten of them. */
const NEWEST = "50";
const SHOWN = 20;

/** How full the log is, and, when something was added within a day, what. */
export async function readSel(context: Context): Promise<{ log: EventLog; events: Bmc["events"] }> {
  const fields = parseFields(await askBmc(context, ["sel", "info"]));
  const entries = numberOf(fields.get("Entries"));
  const percent = numberOf(fields.get("Percent Used"));
  const log = { entries, usedRatio: percent === undefined ? undefined : percent / 100 };
  const [date = "", time = ""] = (fields.get("Last Add Time") ?? "").split(/\s+/);
  const added = parseSelTime(date, time);
  // Before a BMC has the time, it counts from its start: then nobody knows when it was.
  if (entries === 0 || (added !== undefined && context.now - added > DAY_MS))
    return { log: { ...log, critical: 0 }, events: [] };
  const all = parseSel(await askBmc(context, ["-c", "sel", "elist", "last", NEWEST]));
  const recent = all.filter(({ at, isCritical }) => isCritical && at !== undefined && context.now - at <= DAY_MS);
  return {
    log: { ...log, critical: recent.length },
    events: all
      .filter(({ isCritical }) => isCritical)
      .slice(-SHOWN)
      .reverse()
      .map(({ time: when, what }) => ({ time: when, what })),
  };
}

function numberOf(text: string | undefined): number | undefined {
  const [digits] = /^\d+/.exec(text ?? "") ?? [];
  return digits === undefined ? undefined : Number(digits);
}
