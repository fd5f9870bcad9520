import { z } from "zod";
import { UnityError } from "../errors";
import type { Sight } from "../sight/sight";
import { router, toAdminister, toReadSeen, toRespondSeen } from "./init";
import {
  CatalogueEntry,
  InstanceDetail,
  InstanceSummary,
  Inventory,
  Overview,
  PluginDetail,
  Run,
  TestResult,
} from "./outputs";

const Id = z.object({ id: z.string().max(64) });
const Config = z.record(z.string(), z.unknown());
const Editable = {
  name: z.string().max(100),
  host: z.string().max(191).optional(),
  config: Config,
  enabled: z.boolean().optional(),
  intervalSeconds: z.number().int().optional(),
  timeoutMs: z.number().int().min(500).max(120_000).optional(),
  tags: z.array(z.string().min(1).max(60)).max(20).optional(),
};
const Draft = z.object({ plugin: z.string().max(64), ...Editable });

function requirePlugin({ unity }: { readonly unity: Pick<Sight, "registry"> }, id: string) {
  const plugin = unity.registry.get(id);
  if (plugin) return plugin;
  const broken = unity.registry.broken.find((one) => one.id === id);
  if (broken) throw new UnityError("unavailable", `The plugin "${id}" could not be loaded: ${broken.error}`);
  throw new UnityError("not_found", `There is no plugin "${id}".`);
}

/** The catalogue, and instances with their health, runs and inventory. */
export const pluginsRouter = router({
  /** Hosts and instances with their headline figures: what the first page shows. */
  overview: toReadSeen.output(Overview).query(({ ctx }) => ctx.unity.describe.overview()),

  catalogue: toReadSeen.output(z.array(CatalogueEntry)).query(({ ctx }) => ctx.unity.describe.catalogue()),

  /** One plugin with its form, metrics and default rules. */
  definition: toReadSeen
    .input(Id)
    .output(PluginDetail)
    .query(({ ctx, input }) => ctx.unity.describe.plugin(requirePlugin(ctx, input.id))),

  instances: toReadSeen
    .output(z.array(InstanceSummary))
    .query(({ ctx }) => ctx.unity.instances.list().map((instance) => ctx.unity.describe.instance(instance))),

  instance: toReadSeen
    .input(Id)
    .output(InstanceDetail)
    .query(({ ctx, input }) => ctx.unity.describe.instanceDetail(ctx.unity.instances.require(input.id))),

  inventory: toReadSeen
    .input(Id)
    .output(Inventory.nullable())
    .query(async ({ ctx, input }) => {
      const record = await ctx.unity.ledger.inventory(ctx.unity.instances.require(input.id).id);
      return record ? ctx.unity.describe.inventory(record.snapshot, record.at) : null;
    }),

  /** The latest runs, newest first. */
  runs: toReadSeen
    .input(Id.extend({ limit: z.number().int().min(1).max(500).default(50) }))
    .output(z.array(Run))
    .query(({ ctx, input }) => ctx.unity.ledger.runs(ctx.unity.instances.require(input.id).id, input.limit)),

  /** A dry run: what would be read with this config. Nothing is stored. `id` lends its stored secrets where the config says `***`. */
  test: toAdminister
    .meta({ audit: { none: "Reads what an instance would read; nothing is stored." } })
    .input(Draft.extend({ id: z.string().max(64).optional() }))
    .output(TestResult)
    .mutation(({ ctx, input: { id, ...draft }, signal }) => {
      const plugin = requirePlugin(ctx, draft.plugin);
      const stored = id ? ctx.unity.instances.require(id) : undefined;
      return ctx.unity.describe.dryRun(plugin, ctx.unity.instances.check(draft, stored), signal);
    }),

  create: toAdminister
    .meta({ audit: { of: "instance" } })
    .input(Draft)
    .output(InstanceSummary)
    .mutation(async ({ ctx, input }) => ctx.unity.describe.instance(await ctx.unity.instances.create(input))),

  /** Changes what is given; a secret that is `***` stays as it is. */
  update: toAdminister
    .meta({ audit: { of: "instance" } })
    .input(z.object(Editable).partial().extend(Id.shape))
    .output(InstanceSummary)
    .mutation(async ({ ctx, input: { id, ...change } }) =>
      ctx.unity.describe.instance(await ctx.unity.instances.update(id, change)),
    ),

  /** Removes an instance with its history. */
  remove: toAdminister
    .meta({ audit: { of: "instance" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx, input }) => ({ id: (await ctx.unity.instances.remove(input.id)).id })),

  /** Collects now, outside the cadence. */
  runNow: toRespondSeen
    .meta({ audit: { of: "instance" } })
    .input(Id)
    .output(Id)
    .mutation(({ ctx, input }) => {
      const instance = ctx.unity.instances.require(input.id);
      if (!ctx.unity.runNow(instance))
        throw new UnityError("conflict", `"${instance.name}" is paused. Resume it first.`);
      return { id: instance.id };
    }),
});
