import { labelItems } from "../sdk";
import { CPU_IDLE, HOST } from "./oids";
import { getValues, type Survey, toNumber, toText, walkColumns } from "./survey";

const WINDOWS = new Map([
  ["1", "1m"],
  ["2", "5m"],
  ["3", "15m"],
]);
/** Sizes over 2^31 units are told as negative numbers by old agents. */
const UNSIGNED = 2 ** 32;

/** Processors, storage and load. @returns whether there were more storages than are shown */
export async function collectHost(survey: Survey): Promise<boolean> {
  const columns = await walkColumns(survey, HOST);
  const { report, context } = survey;
  for (const [index, value] of columns.load) {
    const window = WINDOWS.get(index);
    const load = toNumber(value);
    if (window !== undefined && load !== undefined) report("snmp_load", load / 100, { window });
  }
  await reportProcessors(survey, [...columns.cpu.values()].map(toNumber));
  const labelled = labelItems([...columns.storageSize.keys()], {
    name: (index) => toText(columns.storageDescr.get(index)) || `storage ${index}`,
    id: (index) => index,
  });
  for (const { label, item } of labelled.slice(0, context.config.maxItems)) {
    const bytes = toNumber(columns.storageUnits.get(item));
    const size = toUnits(toNumber(columns.storageSize.get(item)));
    const used = toUnits(toNumber(columns.storageUsed.get(item)));
    if (bytes === undefined || bytes <= 0) continue;
    // No medium, or a swap of nothing: its share would be nonsense.
    if (size === undefined || size === 0) continue;
    report("snmp_storage_size_bytes", size * bytes, { storage: label });
    if (used !== undefined) report("snmp_storage_used_bytes", used * bytes, { storage: label });
  }
  return labelled.length > context.config.maxItems;
}

async function reportProcessors(survey: Survey, usages: readonly (number | undefined)[]): Promise<void> {
  const { report } = survey;
  for (const [cpu, usage] of usages.slice(0, survey.context.config.maxItems).entries())
    if (usage !== undefined && usage >= 0 && usage <= 100)
      report("snmp_cpu_usage_ratio", usage / 100, { cpu: String(cpu) });
  if (usages.length > 0) return;
  // Routers often leave out the table of processors, and tell how idle all of them are.
  const [idle] = await getValues(survey, [CPU_IDLE]);
  if (typeof idle === "number" && idle >= 0 && idle <= 100)
    report("snmp_cpu_usage_ratio", 1 - idle / 100, { cpu: "all" });
}

const toUnits = (value: number | undefined) => (value !== undefined && value < 0 ? value + UNSIGNED : value);
