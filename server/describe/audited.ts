import { findChannelKind } from "../alerts/channel-kinds";
import { NotifySettings } from "../alerts/shapes/route";
import type { Visitor } from "../auth/visitor";
import type { Instance } from "../collect/instance";
import { wrapSecrets } from "../secret-fields";
import { Secret } from "../secrets";
import type { Unity } from "../unity";

/** What a deed is done to, as the audit log compares it before and after. */
export interface AuditSubject {
  readonly id: string | null;
  readonly name: string | null;
  /** Plain values; what is secret is a `Secret`. Nothing of it where nothing is compared. */
  readonly view?: unknown;
}

export type Parts = Pick<
  Unity,
  "instances" | "registry" | "channels" | "alerts" | "muting" | "notifier" | "retention" | "accounts"
>;
/** Undefined: there is none. Most look into memory only. */
type Find = (
  id: string,
  visitor: Pick<Visitor, "userId">,
) => AuditSubject | undefined | Promise<AuditSubject | undefined>;

/** Everything that people change, by what it is. */
export function createAudited(parts: Parts) {
  const { instances, registry, channels, alerts, muting, notifier, retention, accounts } = parts;

  const secretsOf = (
    config: Readonly<Record<string, unknown>>,
    schema: Parameters<typeof wrapSecrets>[0] | undefined,
  ) =>
    // Without its schema nobody knows which fields are secret.
    schema ? wrapSecrets(schema, config) : new Secret(JSON.stringify(config));

  function channelView({ id, kind, name, enabled, config }: ReturnType<typeof channels.book.require>) {
    return { id, kind, name, enabled, config: secretsOf(config, findChannelKind(kind)?.config) };
  }
  const silences = () => muting.silences.all().map(({ silence }) => silence);
  /** Its id and what stands beside it tell nothing that the subject does not tell. */
  const named = (found: { readonly id: string; readonly name: string } | undefined): AuditSubject | undefined => {
    if (!found) return undefined;
    const { id, ...view } = found;
    return { id, name: found.name, view };
  };
  const whole = (name: string, view: () => unknown) => (): AuditSubject => ({ id: null, name, view: view() });

  async function person(id: string | null): Promise<AuditSubject | undefined> {
    const found = (await accounts.people.list()).find((one) => one.id === id);
    if (!found) return undefined;
    const { name, username, email, role, tags, disabled, twoFactor, ways } = found;
    return { id: found.id, name, view: { name, username, email, role, tags, disabled, twoFactor, ways } };
  }

  function instanceView({ plugin, name, host, enabled, intervalSeconds, timeoutMs, tags, config }: Instance) {
    const shown = secretsOf(config, registry.get(plugin)?.config);
    return { plugin, name, host, enabled, intervalSeconds, timeoutMs, tags, config: shown };
  }
  const alertsView = () => ({
    rules: alerts.book.rules(),
    overrides: alerts.book.overrides(),
    channels: channels.book.list().map(channelView),
    routes: notifier.book.routes(),
    silences: silences(),
  });
  const notifySettings = () => wrapSecrets(NotifySettings, notifier.book.settings());

  return {
    person,
    /** Who asks. */
    self: (_, { userId }) => person(userId),
    instance(id) {
      const found = instances.get(id);
      return found && { id, name: found.name, view: instanceView(found) };
    },
    channel(id) {
      const found = channels.book.get(id);
      return named(found && channelView(found));
    },
    rule: (id) => named(alerts.book.rules().find((rule) => rule.id === id)),
    override(id) {
      const found = alerts.book.overrides().find((override) => override.id === id);
      if (!found) return undefined;
      const { id: _, ...view } = found;
      return { id, name: found.rule, view };
    },
    silence: (id) => named(silences().find((silence) => silence.id === id)),
    /** Its own timeline has the words. One of an instance that another process collects is known by its id only. */
    alert(id) {
      const found = alerts.open().find((alert) => alert.id === id);
      if (!found) return undefined;
      const { acknowledged, snoozedUntil, summary, ruleName } = found;
      return { id, name: summary || ruleName, view: { acknowledged, snoozedUntil } };
    },
    token(id) {
      const found = accounts.tokens.get(id);
      if (!found) return undefined;
      const { owner, name, prefix, scopes, tags, expiresAt } = found;
      return { id, name, view: { owner: owner.name, prefix, scopes, tags, expiresAt } };
    },
    /** Something that is named by its id only. */
    other: (id): AuditSubject => ({ id, name: null }),
    retention: whole("Retention", retention.get),
    routes: whole("Routes", () => ({ routes: notifier.book.routes() })),
    notifySettings: whole("Notifications", notifySettings),
    parents: whole("What hangs on what", () => ({ links: muting.parents.get() })),
    alertFiles: whole("Rules, channels, routes and silences", alertsView),
    configuration: whole("Configuration", () => ({
      instances: instances.list().map((one) => ({ id: one.id, ...instanceView(one) })),
      parents: muting.parents.get(),
      ...alertsView(),
      settings: { retention: retention.get(), notifications: notifySettings() },
    })),
  } satisfies Record<string, Find>;
}
