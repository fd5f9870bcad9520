import { z } from "zod";
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
