import { z } from "zod";
import { nameOf } from "../auth/visitor";
import type { ConfigReport as Report } from "../configuration/configuration";
import { ConfigPart, ConfigReport, Thing } from "./config-outputs";
import { router, toAdminister, toEdit } from "./init";

/** As the largest file that is read. */
const Yaml = z.string().max(1_000_000);

/** Everything that people set, as files. */
export const configRouter = router({
  /** As YAML, which `import` reads: without secrets, and of silences those that are not over. All of it, some parts, or one thing. */
  export: toEdit
    .input(z.object({ parts: z.array(ConfigPart).max(10).optional(), thing: Thing.optional() }).default({}))
    .output(z.object({ yaml: z.string() }))
    .query(({ ctx: { unity }, input }) => ({ yaml: unity.configuration.export(input) })),

  /**
   * Says what files would change, and does it unless it is a dry run. Several files are one whole. What they do not have stays, unless
   * `removeMissing`; parts that they do not speak of stay in any case.
   */
  import: toAdminister
    .meta({ audit: { of: "configuration", unless: ({ dryRun }) => dryRun !== false } })
    .input(
      z.object({
        files: z
          .array(z.object({ name: z.string().max(200).optional(), yaml: Yaml }))
          .min(1)
          .max(100),
        dryRun: z.boolean().default(true),
        removeMissing: z.boolean().default(false),
      }),
    )
    .output(ConfigReport)
    .mutation(async ({ ctx: { unity, visitor }, input: { files, ...options } }) => {
      const sources = files.map(({ name, yaml }) => ({ name: name ?? null, text: yaml }));
      return viewOf(await unity.configuration.import(sources, { ...options, by: nameOf(visitor) }));
    }),
});

export const viewOf = ({ added, changed, missing, notes, ...rest }: Report): z.output<typeof ConfigReport> => ({
  ...rest,
  added: [...added],
  changed: changed.map(({ fields, ...line }) => ({ ...line, fields: [...fields] })),
  missing: [...missing],
  notes: [...notes],
});
