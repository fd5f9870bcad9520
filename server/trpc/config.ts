import { z } from "zod";
import { nameOf } from "../auth/visitor";
import type { ConfigReport as Report } from "../configuration/configuration";
import { ConfigPart, ConfigReport, ProvisionedThing, ProvisionState, Thing } from "./config-outputs";
import { router, toAdminister, toEdit, toRead } from "./init";

/** As the largest file that is read. */
const Yaml = z.string().max(1_000_000);

/** The folder of files that is applied at start and on change. */
const provisionRouter = router({
  /** What is in it, what is wrong with it, and what drifted from it. */
  state: toEdit.output(ProvisionState).query(async ({ ctx: { unity } }) => {
    const { things, files, notes, ...rest } = await unity.provisioner.state();
    const shown = things.map(({ changes, ...thing }) => ({ ...thing, changes: [...changes] }));
    return { ...rest, files: [...files], notes: [...notes], things: shown };
  }),
  /** Which things are by a file. */
  managed: toRead
    .output(z.array(ProvisionedThing))
    .query(async ({ ctx: { unity } }) => [...(await unity.provisioner.managed())]),
  /** What the file says of a thing that drifted. */
  takeFile: toAdminister
    .meta({ audit: { of: null } })
    .input(Thing)
    .output(Thing)
    .mutation(async ({ ctx: { unity, visitor }, input }) => {
      await unity.provisioner.takeFile(input, nameOf(visitor));
      return input;
    }),
  /** It stays as it is here until the file says something else. Of what is in no file any more, that it once was is forgotten. */
  keepMine: toAdminister
    .meta({ audit: { of: null } })
    .input(Thing)
    .output(Thing)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.provisioner.keepMine(input);
      return input;
    }),
});

/** Everything that people set, as files. */
export const configRouter = router({
  provision: provisionRouter,

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
