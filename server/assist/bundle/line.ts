import type { Instance } from "../../collect/instance";
import type { SectionName } from "../shapes/bundle";

/** One JSON line of a bundle. Instants in it are UTC in ISO 8601 to the second, values in base units. */
export interface Line {
  /** Whose secrets are taken out of it. */
  readonly instanceId: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}
/** A section's lines, the most important first. */
export interface Section {
  readonly name: SectionName;
  readonly lines: readonly Line[];
}

/** "2026-11-24T14:03:09Z"; null stays. */
export function isoOf<T extends number | null>(at: T): T extends null ? string | null : string;
export function isoOf(at: number | null): string | null {
  if (at === null || !(Math.abs(at) <= 8.64e15)) return null;
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Texts of what is watched may be very long. */
const LONGEST = 300;
export const cut = (text: string | null): string | null =>
  text === null || text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;

/** Without what says nothing: null, undefined, "", and what is empty. */
export function writeLine(instance: Pick<Instance, "id"> | null, fields: Readonly<Record<string, unknown>>): Line {
  const said = Object.entries(fields).filter(([, value]) => !isNothing(value));
  return { instanceId: instance?.id ?? null, fields: Object.fromEntries(said) };
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
