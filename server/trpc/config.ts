import { z } from "zod";
import { nameOf } from "../auth/visitor";
import type { ConfigReport as Report } from "../configuration/configuration";
import { IMPORT_KINDS } from "../importers/import-kinds";
import { ConfigPart, ConfigReport, MappedLine, ProvisionedThing, ProvisionState, Thing } from "./config-outputs";
import { router, toAdminister, toEdit, toRead } from "./init";

/** As the largest file that is read. */
const Yaml = z.string().max(1_000_000);

/** Of 16 MB of another program's; the command line takes larger ones. */
const MOST_BASE64 = 22_400_000;

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

  /**
   * Reads a file of another program: says what would become of each thing in it and of what is here, and does it unless it is a dry run.
   * Nothing that the file speaks of is connected to.
   */
  importFrom: toAdminister
    .meta({ audit: { of: "configuration", unless: ({ dryRun }) => dryRun !== false } })
    .input(
      z.object({
        kind: z.enum(IMPORT_KINDS),
        /** Its bytes. */
        base64: z.base64().max(MOST_BASE64),
        dryRun: z.boolean().default(true),
      }),
    )
    .output(z.object({ lines: z.array(MappedLine), report: ConfigReport }))
    .mutation(async ({ ctx: { unity, visitor }, input: { kind, base64, dryRun } }) => {
      const bytes = new Uint8Array(Buffer.from(base64, "base64"));
      const { importFrom } = await import("../importers/import-from");
      const { yaml, lines } = await importFrom(kind, bytes);
      const options = { dryRun, removeMissing: false, by: nameOf(visitor) };
      const report = viewOf(await unity.configuration.import([{ name: null, text: yaml }], options));
      const shown = lines.map(({ what, name, became, left }) => ({ what, name, became: [...became], left: [...left] }));
      return { lines: shown, report };
    }),
});

const viewOf = ({ added, changed, missing, notes, ...rest }: Report): z.output<typeof ConfigReport> => ({
  ...rest,
  added: [...added],
  changed: changed.map(({ fields, ...line }) => ({ ...line, fields: [...fields] })),
  missing: [...missing],
  notes: [...notes],
});
