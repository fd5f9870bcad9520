import { z } from "zod";
import { AuditChange } from "../auth/audit-entry";
import { CONFIG_KINDS, CONFIG_PARTS } from "../configuration/shapes";

/** Of a file: `version: 1`, then a list of each kind of thing. */
export const ConfigPart = z.enum(CONFIG_PARTS);

/** One thing. What hangs on what, all of it, is "parents"; settings are "retention" and "notifications". */
export const Thing = z.object({ kind: z.enum(CONFIG_KINDS), id: z.string().max(200) });

const ConfigLine = Thing.extend({ name: z.string() });

/** What files change, or would. */
export const ConfigReport = z.object({
  added: z.array(ConfigLine),
  changed: z.array(ConfigLine.extend({ fields: z.array(z.string()) })),
  /** There, but in no file: removed only when that was asked for. */
  missing: z.array(ConfigLine),
  unchanged: z.number(),
  /** What somebody has to see to, for people. Names in it are hostile text. */
  notes: z.array(z.string()),
  /** False: it was only looked at. */
  applied: z.boolean(),
});

/** What became of a thing of another program. Names in it are hostile text. */
export const MappedLine = z.object({
  /** As that program calls it. */
  what: z.string(),
  name: z.string(),
  /** What it becomes here, in words; nothing: it was not mapped. */
  became: z.array(z.string()),
  /** What of it was not mapped, and why or what to do. */
  left: z.array(z.string()),
});

/** A thing that is, or was, in a file of the folder that is applied. */
export const ProvisionedThing = Thing.extend({
  name: z.string(),
  file: z.string(),
  /** As the file says; somebody decided for what is here; changed here, nothing is done; the process that leads applies it; in no file any more. */
  state: z.enum(["same", "kept", "drift", "waits", "left"]),
  /** Of what drifted: changed or removed here, or here before the file was. */
  why: z.enum(["changed", "removed", "before"]).nullable(),
});

export const ProvisionState = z.object({
  /** Null: there is none. */
  folder: z.string().nullable(),
  /** What leaves the files is removed here. */
  prunes: z.boolean(),
  files: z.array(z.string()),
  /** Why what is in the folder is not applied; what was applied before stays. */
  problem: z.string().nullable(),
  /** Epoch milliseconds. */
  readAt: z.number().nullable(),
  /** `changes` lead from what is here to what the file says. */
  things: z.array(ProvisionedThing.extend({ changes: z.array(AuditChange) })),
  notes: z.array(z.string()),
});
