import type { CollectContext, HardwareFacts, Inventory } from "../sdk";
import { plain } from "./parse-facts";

type Part = Readonly<Record<string, string | number | null>>;

/** What the machine is made of, as a piece of the inventory. `news` once: parts become known some seconds after the start. */
export async function learnParts(
  context: Pick<CollectContext, "hardware" | "memory">,
): Promise<{ parts: Pick<Inventory, "lists">; news: boolean }> {
  const hardware = await context.hardware();
  const news = hardware !== undefined && context.memory.recall("parts") === undefined;
  if (news) context.memory.keep("parts", true);
  return { parts: partLists(hardware), news };
}

/** A list for each kind of part that there is. */
function partLists(hardware: HardwareFacts | undefined): Pick<Inventory, "lists"> {
  if (!hardware) return {};
  const kinds: Readonly<Record<string, readonly Part[]>> = {
    memoryModules: hardware.memory,
    graphics: hardware.graphics,
    disks: hardware.disks,
  };
  const lists = Object.entries(kinds).flatMap(([name, parts]) =>
    parts.length > 0 ? [[name, parts.map(tidyPart)] as const] : [],
  );
  return lists.length > 0 ? { lists: Object.fromEntries(lists) } : {};
}

/** Firmware pads its names, and some of it is nonsense. */
function tidyPart(part: Part): Part {
  const entries = Object.entries(part).map(([name, value]) => [name, typeof value === "string" ? plain(value) : value]);
  return Object.fromEntries(entries);
}
