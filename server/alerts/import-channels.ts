import { v7 as createId } from "uuid";
import { UnityError } from "../errors";
import { orderConfig } from "../order-config";
import { type ChannelBook, maskChannel, nameKey, type StoredChannel } from "./channel-book";
import { findChannelKind } from "./channel-kinds";
import { type ChannelContent, compare, type Difference } from "./exchange";
import type { AlertFile, ChannelEntry, ParsedFile, RouteEntry } from "./yaml";

export interface ChannelImport {
  readonly difference: Difference<ChannelContent>;
  /** Secrets that neither the file nor this Unity has, by what forms call them. Their channels are off. */
  readonly lacking: readonly { readonly name: string; readonly secrets: readonly string[] }[];
  /** What a file calls a channel: its id there, or its name. @returns undefined for none that there is */
  find(called: string): string | undefined;
}

/** As a file holds them. Of a kind that this version does not know nothing may be told, so it stays where it is. */
export const exportChannels = (channels: readonly StoredChannel[]): ChannelContent[] =>
  channels.flatMap((channel) => {
    const schema = findChannelKind(channel.kind)?.config;
    if (!schema) return [];
    const { config, ...content } = contentOf(maskChannel(channel));
    return [{ ...content, config: orderConfig(schema, config) }];
  });

/** A channel keeps its stored secrets where the file has `***`. @throws UnityError `invalid` saying where in the file */
export function importChannels(
  book: Pick<ChannelBook, "list" | "settle">,
  entries: AlertFile["channels"],
  { removeMissing, refuse }: { removeMissing: boolean; refuse: ParsedFile["refuse"] },
): ChannelImport {
  const all = book.list();
  const lacking: { name: string; secrets: string[] }[] = [];
  const there = all.filter(({ kind }) => findChannelKind(kind)).map(contentOf);
  const ids = new Map<ChannelEntry, string>();
  const place = (entry: ChannelEntry) => entries?.indexOf(entry) ?? 0;
  const difference = compare<ChannelContent, ChannelEntry>(there, entries, {
    tellBy: ({ name }) => nameKey(name),
    isTold: true,
    make(entry, known) {
      const id = known?.id ?? entry.id ?? createId();
      ids.set(entry, id);
      const { kind, name, enabled } = entry;
      try {
        const { config, lacking: secrets } = book.settle(entry, known);
        if (secrets.length > 0) lacking.push({ name, secrets });
        return { id, kind, name, enabled: enabled && secrets.length === 0, config };
      } catch (error) {
        if (!(error instanceof UnityError)) throw error;
        throw refuse("channels", place(entry), error.message, error.field?.split("."));
      }
    },
  });
  const gone = new Set(removeMissing ? difference.missing.map(({ id }) => id) : []);
  const stay = all.filter(({ id }) => !gone.has(id));
  /** By whatever a file may call it. */
  const byName = new Map(stay.map(({ id, name }) => [nameKey(name), id]));
  const byId = new Map(stay.map(({ id }) => [id, id]));
  for (const [entry, id] of ids) {
    const taken = byName.get(nameKey(entry.name)) ?? id;
    if (taken !== id)
      throw refuse("channels", place(entry), `There is a channel named "${entry.name}" already.`, ["name"]);
    byName.set(nameKey(entry.name), id);
    byId.set(entry.id ?? id, id);
  }
  return { difference, lacking, find: (called) => byId.get(called) ?? byName.get(nameKey(called)) };
}

/** Whom a file names, by ids of this Unity. What nobody has stays as it is, and is told to `unknown`. */
export function resolveChannels(
  { rules, overrides, routes }: AlertFile,
  find: ChannelImport["find"],
  unknown: (whose: string, called: string) => void,
): Pick<AlertFile, "rules" | "overrides" | "routes"> {
  const resolve = (whose: string, called: readonly string[]) => [
    ...new Set(
      called.map((one) => {
        const id = find(one);
        if (id === undefined) unknown(whose, one);
        return id ?? one;
      }),
    ),
  ];
  const chosen = (whose: string, channels: RouteEntry["channels"]) =>
    channels === "all" ? channels : resolve(whose, channels);
  return {
    rules: rules?.map((rule) => ({ ...rule, channels: resolve(`The rule "${rule.name}"`, rule.channels) })),
    overrides: overrides?.map((override) => {
      const { channels } = override.set;
      if (!channels) return override;
      return {
        ...override,
        set: { ...override.set, channels: resolve(`A change of ${override.rule ?? "every rule"}`, channels) },
      };
    }),
    routes: routes?.map((route) => {
      const whose = `The route "${route.name}"`;
      const escalate = route.escalate.map((step) => ({ ...step, channels: chosen(whose, step.channels) }));
      return { ...route, channels: chosen(whose, route.channels), escalate };
    }),
  };
}

const contentOf = ({ id, kind, name, enabled, config }: ChannelContent | StoredChannel): ChannelContent => ({
  id,
  kind,
  name,
  enabled,
  config: { ...config },
});
