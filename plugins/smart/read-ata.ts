import type { Answer, Attribute } from "./answer";
import type { Health, SelfTest } from "./disk";

/** Names of SSD attributes whose normalised value falls from 100 to 0 over the disk's life, by id. */
const WEAR: ReadonlyMap<number, RegExp> = new Map([
  [231, /life/i],
  [233, /wearout/i],
  [177, /wear_leveling/i],
  [202, /life/i],
  [169, /remaining_life/i],
]);
/** How a maker counts what was written or read, by the attribute's name. */
const SIZES: readonly (readonly [name: RegExp, bytes: number | "block"])[] = [
  [/_32MiB$/i, 33_554_432],
  [/_GiB$/i, 1_073_741_824],
  [/_MiB$/i, 1_048_576],
  [/LBAs_(Written|Read)$/i, "block"],
];
/** A disk's self-test log keeps the hours in 16 bits. */
const HOURS_WRAP = 65_536;

/** ATA, also behind USB and RAID controllers. Raw values are read only where all makers mean the same. */
export function readAta(answer: Answer): Health {
  const attributes = answer.ata_smart_attributes?.table ?? [];
  const statistic = statisticsOf(answer);
  const find = (id: number) => attributes.find((attribute) => attribute.id === id);
  const timeouts = find(188)?.raw?.value;
  const blockBytes = answer.logical_block_size ?? 512;
  return {
    reallocated: countOf(find(5)),
    pending: countOf(find(197)),
    offlineUncorrectable: countOf(find(198)),
    reportedUncorrectable: countOf(find(187)),
    // Seagate packs longer waits into the upper words.
    commandTimeouts: timeouts === undefined ? undefined : timeouts % HOURS_WRAP,
    crcErrors: countOf(find(199)),
    enduranceUsedRatio: enduranceOf(answer, attributes, statistic("Percentage Used Endurance Indicator")),
    bytesWritten: bytesOf(statistic("Logical Sectors Written"), find(241), blockBytes),
    bytesRead: bytesOf(statistic("Logical Sectors Read"), find(242), blockBytes),
    errorLogEntries: answer.ata_smart_error_log?.extended?.count ?? answer.ata_smart_error_log?.summary?.count,
    selfTest: selfTestOf(answer),
    attributes,
  };
}

/**
 * The first number of the text: smartctl knows by model how the raw value is packed, and writes the count first, as in
 * `8 (2 1)`. The bare 48 bits would be absurd then.
 */
function countOf(attribute: Attribute | undefined): number | undefined {
  const [digits] = /^\d+/.exec(attribute?.raw?.string ?? "") ?? [];
  return digits === undefined ? attribute?.raw?.value : Number(digits);
}

function statisticsOf(answer: Answer): (name: string) => number | undefined {
  const all = (answer.ata_device_statistics?.pages ?? []).flatMap(({ table = [] }) => table);
  return (name) => all.find((entry) => entry.name === name)?.value;
}

function enduranceOf(answer: Answer, attributes: readonly Attribute[], told: number | undefined): number | undefined {
  const percent = told ?? answer.endurance_used?.current_percent;
  if (percent !== undefined) return percent / 100;
  // On a hard disk the same ids mean other things.
  if (answer.rotation_rate !== undefined && answer.rotation_rate > 0) return undefined;
  const left = attributes.find(({ id, name }) => WEAR.get(id)?.test(name) ?? false)?.value;
  return left === undefined || left > 100 ? undefined : (100 - left) / 100;
}

function bytesOf(
  sectors: number | undefined,
  attribute: Attribute | undefined,
  blockBytes: number,
): number | undefined {
  if (sectors !== undefined) return sectors * blockBytes;
  const [, size] = SIZES.find(([name]) => name.test(attribute?.name ?? "")) ?? [];
  const raw = attribute?.raw?.value;
  if (size === undefined || raw === undefined) return undefined;
  return raw * (size === "block" ? blockBytes : size);
}

/** The logs are newest first. One that runs or was stopped has no verdict. */
function selfTestOf({ ata_smart_self_test_log: log, power_on_time }: Answer): SelfTest | undefined {
  const entries = log?.extended?.table ?? log?.standard?.table ?? [];
  const newest = entries.find(({ status }) => status?.passed !== undefined);
  if (newest?.status?.passed === undefined) return undefined;
  const { lifetime_hours: then } = newest;
  const now = power_on_time?.hours;
  if (then === undefined || now === undefined) return { passed: newest.status.passed, ageHours: undefined };
  const age = now - then;
  return { passed: newest.status.passed, ageHours: now >= HOURS_WRAP ? age % HOURS_WRAP : Math.max(0, age) };
}
