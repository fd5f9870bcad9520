import { createHmac } from "node:crypto";
import type { Plugin } from "../../../plugins/sdk/plugin";
import { overrideName } from "../../alerts/alert-file";
import { findChannelKind } from "../../alerts/channel-kinds";
import { canonical, type Difference } from "../../alerts/exchange";
import { NotifySettings } from "../../alerts/shapes/route";
import type { InstanceContent } from "../../collect/instances";
import { wrapSecrets } from "../../secret-fields";
import { Secret } from "../../secrets";
import type { ParsedConfig } from "../config-yaml";
import { type LookedConfig, SETTING_TITLE, type Thing } from "../configuration";
import { normalInstance } from "../import-instances";
import { type ConfigKind, PART_OF, type SettingName } from "../shapes";
import type { Beside } from "./decide";

/** A thing of the files beside the same thing as it is, with what differs. */
export interface Compared extends Beside {
  readonly name: string;
  /** For comparing place by place; what is secret is a `Secret`. Undefined: it is not there. */
  readonly live: unknown;
  readonly wanted: unknown;
  /** As it will be when the file is applied. */
  readonly wantedHash: string;
}

/** One that is here and in no file. */
export interface Lone extends Thing {
  readonly name: string;
  readonly liveHash: string;
}

type FindPlugin = (id: string) => Plugin | undefined;

export const keyOf = ({ kind, id }: Thing) => `${kind} ${id}`;

/** What each thing of a look is like, and which there are beside. @param key of the hashes */
export function compareThings(
  looked: LookedConfig,
  { parsed, key, plugin }: { readonly parsed: ParsedConfig; readonly key: Secret<Buffer>; readonly plugin: FindPlugin },
): { readonly compared: readonly Compared[]; readonly lone: readonly Lone[] } {
  const hash = (value: unknown) =>
    createHmac("sha256", key.reveal())
      .update(`provision ${canonical(value)}`)
      .digest("base64url")
      .slice(0, 22);
  const compared: Compared[] = [];
  const lone: Lone[] = [];

  function add<T extends { readonly id: string }>(
    kind: ConfigKind,
    difference: Difference<T>,
    shape: Shape<NoInfer<T>>,
  ): void {
    const part = PART_OF[kind];
    const entries = entriesOf(parsed, kind);
    const [fresh, kept] = [byId(difference.added), byId(difference.unchanged)];
    const changed = new Map(difference.changed.map((one) => [one.to.id, one]));
    for (const [index, id] of difference.ids.entries()) {
      const { from, to } = changed.get(id) ?? { from: kept.get(id), to: fresh.get(id) ?? kept.get(id) };
      if (!to) continue;
      const place = kind === "setting" ? id : index;
      const [was, is] = [from && shape.plain(from), shape.plain(to)];
      compared.push({
        ...{ kind, id, name: shape.name(to), file: parsed.originOf(part, place) ?? "a file" },
        fileHash: hash(entries(index, id)),
        liveHash: from === undefined ? null : hash(was),
        wantedHash: hash(is),
        same: from !== undefined && canonical(was) === canonical(is),
        live: from && shape.view(from),
        wanted: shape.view(to),
      });
    }
    for (const one of difference.missing)
      lone.push({ kind, id: one.id, name: shape.name(one), liveHash: hash(shape.plain(one)) });
  }

  const named = { name: ({ name }: { readonly name: string }) => name, plain: withoutPlace, view: withoutPlace };
  const { alerts } = looked;
  add("instance", looked.instances, {
    name: ({ name }) => name,
    plain: (one) => normalInstance(one, plugin),
    view: (one) => ({ ...normalInstance(one, plugin), config: hideIn(plugin(one.plugin)?.config, one) }),
  });
  add("channel", alerts.channels, {
    ...named,
    view: (one) => ({ ...one, config: hideIn(findChannelKind(one.kind)?.config, one) }),
  });
  add("rule", alerts.rules, named);
  add("override", alerts.overrides, { ...named, name: overrideName });
  add("route", alerts.routes, named);
  add("silence", alerts.silences, named);
  add("parents", looked.parents, { ...named, name: () => "What hangs on what" });
  add("setting", looked.settings, {
    name: ({ id }) => SETTING_TITLE[id],
    plain: ({ value }) => value,
    view: ({ id, value }) => (id === "notifications" ? wrapSecrets(NotifySettings, value) : value),
  });
  return { compared, lone };
}

interface Shape<T> {
  name(one: T): string;
  /** What is compared. */
  plain(one: T): unknown;
  /** What is shown of a difference. */
  view(one: T): unknown;
}

/** Of a route, where it stands among others; of a silence, who made it when: nothing that its file says. */
function withoutPlace(one: object): unknown {
  const { order: _, createdAt: __, createdBy: ___, origin: ____, ...rest } = one as Record<string, unknown>;
  return rest;
}

const hideIn = (
  schema: Parameters<typeof wrapSecrets>[0] | undefined,
  { config }: Pick<InstanceContent, "config">,
): unknown => (schema ? wrapSecrets(schema, config) : new Secret(canonical(config)));

const byId = <T extends { readonly id: string }>(some: readonly T[]) => new Map(some.map((one) => [one.id, one]));

/** What the file says of the thing at a place. */
function entriesOf({ file }: ParsedConfig, kind: ConfigKind): (index: number, id: string) => unknown {
  if (kind === "setting") return (_, id) => file.settings?.[id as SettingName];
  if (kind === "parents") return () => file.parents;
  const list = file[PART_OF[kind]] as readonly unknown[] | undefined;
  return (index) => list?.[index];
}
