import { type CollectContext, CollectError, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

const FOLDER = "/proc/sys/net/netfilter";
/** Columns of /proc/net/stat/nf_conntrack, a line for each processor, in hexadecimal. */
const LOST = ["drop", "early_drop", "insert_failed"];

/** Connections the kernel remembers. Without the module there are none to report. */
export async function reportConntrack(context: CollectContext<Config>, report: Report<typeof metrics>): Promise<void> {
  const count = await readNumber(context, `${FOLDER}/nf_conntrack_count`);
  const limit = await readNumber(context, `${FOLDER}/nf_conntrack_max`);
  if (count !== undefined) report("firewall_states", count);
  if (limit !== undefined) report("firewall_states_limit", limit);
  if (count !== undefined && limit) report("firewall_states_ratio", count / limit);
  const drops = sumColumns(await readOptional(context, "/proc/net/stat/nf_conntrack"));
  if (drops !== undefined) report("firewall_conntrack_drops_total", drops);
}

async function readNumber(context: CollectContext<Config>, path: string): Promise<number | undefined> {
  const text = (await readOptional(context, path))?.trim();
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

async function readOptional(context: CollectContext<Config>, path: string): Promise<string | undefined> {
  try {
    return await context.readFile(path);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}

function sumColumns(text: string | undefined): number | undefined {
  const [head = "", ...lines] = (text ?? "").trim().split("\n");
  const columns = head.trim().split(/\s+/);
  const places = LOST.map((name) => columns.indexOf(name)).filter((place) => place >= 0);
  if (places.length === 0 || lines.length === 0) return undefined;
  const sum = lines
    .map((line) => line.trim().split(/\s+/))
    .flatMap((words) => places.map((place) => Number.parseInt(words[place] ?? "", 16)))
    .reduce((total, value) => total + value, 0);
  return Number.isFinite(sum) ? sum : undefined;
}
