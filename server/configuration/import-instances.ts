import type { Plugin } from "../../plugins/sdk/plugin";
import { compare, type Difference } from "../alerts/exchange";
import type { SilenceMatcher } from "../alerts/shapes/silence";
import type { InstanceContent, Instances } from "../collect/instances";
import { UnityError } from "../errors";
import { orderConfig } from "../order-config";
import { maskSecrets } from "../secret-fields";
import type { ParsedConfig } from "./config-yaml";
import type { ConfigContent, ConfigFile, InstanceEntry } from "./shapes";

type FindPlugin = (id: string) => Plugin | undefined;

export interface InstanceImport {
  readonly difference: Difference<InstanceContent>;
  /** Secrets that neither the file nor this Unity has, by what forms call them. Their instances are paused. */
  readonly lacking: readonly { readonly name: string; readonly secrets: readonly string[] }[];
  /** What a file calls an instance: its id there, or a name that only one has. @returns undefined for none that there is */
  find(called: string): string | undefined;
  /** What there is afterwards. */
  readonly after: readonly InstanceContent[];
}

/** As a file holds them. Of a plugin that this version does not have nothing may be told. */
export const exportInstances = (instances: Pick<Instances, "list">, plugin: FindPlugin): ConfigContent["instances"] =>
  instances.list().flatMap((instance) => {
    const schema = plugin(instance.plugin)?.config;
    if (!schema) return [];
    const { id, name, host, enabled, intervalSeconds, timeoutMs, tags } = instance;
    const config = orderConfig(schema, maskSecrets(schema, instance.config));
    return [{ id, plugin: instance.plugin, name, host, enabled, intervalSeconds, timeoutMs, tags: [...tags], config }];
  });

/** As it is compared: what is left out of the settings is as the plugin has it. */
export function normalInstance({ config, ...content }: InstanceContent, plugin: FindPlugin) {
  const parsed = plugin(content.plugin)?.config.safeParse(config);
  return { ...content, tags: [...content.tags].sort(), config: parsed?.success ? parsed.data : config };
}

/** An instance keeps its stored secrets where the file has `***`. @throws UnityError `invalid` saying where in the file */
export function importInstances(
  book: Pick<Instances, "list" | "settle">,
  entries: ConfigFile["instances"],
  { removeMissing, refuse, plugin }: { removeMissing: boolean; refuse: ParsedConfig["refuse"]; plugin: FindPlugin },
): InstanceImport {
  const lacking: { name: string; secrets: readonly string[] }[] = [];
  const there = book.list().map(({ createdAt: _, updatedAt: __, ...content }) => content);
  const ids = new Map<string, string>();
  const place = (entry: InstanceEntry) => entries?.indexOf(entry) ?? 0;
  const told = new Map<string, InstanceEntry>();
  const difference = compare<InstanceContent, InstanceEntry>(there, entries, {
    tellBy: ({ plugin: id, name }) => `${id}\n${name}`,
    isTold: true,
    seen: (content) => normalInstance(content, plugin),
    make(entry, known) {
      const key = `${entry.plugin}\n${entry.name}`;
      if (told.has(key))
        throw refuse("instances", place(entry), `There are two of the name "${entry.name}".`, ["name"]);
      told.set(key, entry);
      if (known && known.plugin !== entry.plugin)
        throw refuse("instances", place(entry), `This id is of an instance of ${known.plugin}.`, ["plugin"]);
      try {
        const settled = book.settle(entry, known);
        if (settled.lacking.length > 0) lacking.push({ name: entry.name, secrets: settled.lacking });
        if (entry.id !== undefined) ids.set(entry.id, settled.content.id);
        return settled.content;
      } catch (error) {
        if (!(error instanceof UnityError)) throw error;
        throw refuse("instances", place(entry), error.message, error.field?.split("."));
      }
    },
  });
  const gone = new Set(removeMissing ? difference.missing.map(({ id }) => id) : []);
  const changed = new Map([...difference.changed.map(({ to }) => to), ...difference.added].map((one) => [one.id, one]));
  const stay = there.filter(({ id }) => !gone.has(id)).map((one) => changed.get(one.id) ?? one);
  const after = [...stay, ...difference.added];
  for (const [index, id] of difference.ids.entries()) {
    const mine = after.find((one) => one.id === id);
    const twin = after.find((one) => one.id !== id && one.plugin === mine?.plugin && one.name === mine.name);
    if (twin) throw refuse("instances", index, `There is an instance of this name already, ${twin.id}.`, ["name"]);
  }
  const byId = new Map(after.map(({ id }) => [id, id]));
  const named = (called: string) => after.filter(({ name }) => name === called);
  return {
    difference,
    lacking,
    after,
    find(called) {
      const known = ids.get(called) ?? byId.get(called);
      if (known !== undefined) return known;
      const [first, second] = named(called);
      return second ? undefined : first?.id;
    },
  };
}

/** Which instances a file means, by ids of this Unity. What nobody has stays as it is, and is told to `unknown`. */
export function resolveInstances(
  file: ConfigFile,
  find: InstanceImport["find"],
  unknown: (whose: string, called: string) => void,
): Pick<ConfigFile, "rules" | "overrides" | "silences"> {
  const resolve = (whose: string, called: string) => {
    const id = find(called);
    if (id === undefined) unknown(whose, called);
    return id ?? called;
  };
  // Also by a name, which silences know by themselves: only ids of the file are others here.
  const inMatcher = (matcher: SilenceMatcher) =>
    matcher.of === "instance" && (matcher.op === "is" || matcher.op === "is_not")
      ? {
          ...matcher,
          value: file.instances?.some(({ id }) => id === matcher.value)
            ? (find(matcher.value) ?? matcher.value)
            : matcher.value,
        }
      : matcher;
  return {
    rules: file.rules?.map((rule) =>
      rule.scope.kind === "instance"
        ? { ...rule, scope: { ...rule.scope, instance: resolve(`The rule "${rule.name}"`, rule.scope.instance) } }
        : rule,
    ),
    overrides: file.overrides?.map((override) => {
      const { scope } = override;
      if (scope.kind !== "instance" && scope.kind !== "item") return override;
      const whose = `A change of ${override.rule ?? "every rule"}`;
      return { ...override, scope: { ...scope, instance: resolve(whose, scope.instance) } };
    }),
    silences: file.silences?.map((silence) => ({ ...silence, matchers: silence.matchers.map(inMatcher) })),
  };
}
