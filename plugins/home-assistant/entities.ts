import { z } from "zod";
import { CollectError, matchesAny } from "../sdk";
import type { Config } from "./config";

/** One row of /api/states (Home Assistant REST API). Attributes are whatever an integration writes, so each may be anything. */
const State = z.object({
  entity_id: z.string().regex(/^[^.\s]+\.\S+$/),
  state: z.string(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});

export interface Entity {
  readonly id: string;
  readonly domain: string;
  readonly state: string;
  /** "" where there is none, or no text. */
  readonly deviceClass: string;
  readonly unit: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Reads the list row by row: one that makes no sense does not cost the others. @throws CollectError when it is no list */
export function parseStates(list: unknown): { entities: Entity[]; malformed: number } {
  if (!Array.isArray(list))
    throw new CollectError("parse", "The list of states is no list.", {
      hint: "Check that the address is Home Assistant's.",
    });
  const entities: Entity[] = [];
  let malformed = 0;
  for (const row of list) {
    const parsed = State.safeParse(row);
    if (parsed.success) entities.push(describeEntity(parsed.data));
    else malformed += 1;
  }
  return { entities, malformed };
}

function describeEntity({ entity_id: id, state, attributes }: z.output<typeof State>): Entity {
  const known = attributes ?? {};
  return {
    id,
    domain: id.slice(0, id.indexOf(".")),
    state,
    deviceClass: textOf(known, "device_class"),
    unit: textOf(known, "unit_of_measurement"),
    name: textOf(known, "friendly_name") || id,
    attributes: known,
  };
}

/** An attribute that is text, else "". */
export function textOf(attributes: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return typeof value === "string" ? value : "";
}

export const isWanted = (
  { id, domain }: Entity,
  { ignoreDomains, ignoreEntities }: Pick<Config, "ignoreDomains" | "ignoreEntities">,
) => !ignoreDomains.includes(domain) && !matchesAny(id, ignoreEntities);

/** The number a state is; undefined for words, and for what is unavailable. */
export function numberOf(state: string): number | undefined {
  const value = state.trim() === "" ? Number.NaN : Number(state);
  return Number.isFinite(value) ? value : undefined;
}
