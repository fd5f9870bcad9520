import type { AuditLine } from "@/components/data/outputs";

const PAST = {
  apply: "applied",
  keep: "kept",
  encrypt: "encrypted",
  go: "went",
  acknowledge: "acknowledged",
  add: "added",
  begin: "began",
  change: "changed",
  collect: "collected",
  delete: "deleted",
  end: "ended",
  handle: "handled",
  hide: "hid",
  ignore: "ignored",
  import: "imported",
  make: "made",
  plan: "planned",
  rename: "renamed",
  reset: "reset",
  resolve: "resolved",
  revoke: "revoked",
  search: "searched",
  send: "sent",
  set: "set",
  sign: "signed",
  snooze: "snoozed",
  switch: "switched",
  take: "took",
  test: "tested",
  write: "wrote",
} as const;
type Verb = keyof typeof PAST;

/** By action: what is done, and to what. What is called by a name follows. */
const DEEDS: Readonly<Record<string, readonly [Verb, string]>> = {
  "first-run": ["make", "the first admin"],
  "sign-in": ["sign", "in"],
  "sign-in.code": ["sign", "in with a code"],
  "sign-in.recovery-code": ["sign", "in with a recovery code"],
  "sign-in.passkey": ["sign", "in with a passkey"],
  "sign-in.provider": ["sign", "in through the provider"],
  "sign-out": ["sign", "out"],
  "account.rename": ["change", "their own name"],
  "account.password": ["change", "their own password"],
  "account.endSession": ["end", "a session of theirs"],
  "account.endOtherSessions": ["end", "all other sessions of theirs"],
  "account.two-factor.begin": ["begin", "to set up two-factor"],
  "account.two-factor.off": ["switch", "off two-factor"],
  "account.recovery-codes": ["make", "new recovery codes"],
  "account.passkey.add": ["add", "a passkey"],
  "account.passkey.rename": ["rename", "a passkey"],
  "account.passkey.remove": ["delete", "a passkey"],
  "people.create": ["add", "the person"],
  "people.update": ["change", "the person"],
  "people.setPassword": ["set", "the password of"],
  "people.resetFactors": ["reset", "two-factor and passkeys of"],
  "people.endSessions": ["end", "the sessions of"],
  "people.role": ["take", "another role from the provider"],
  "people.remove": ["delete", "the person"],
  "tokens.create": ["make", "the API token"],
  "tokens.remove": ["revoke", "the API token"],
  "tokens.revoke": ["revoke", "the API token"],
  "plugins.create": ["add", "the instance"],
  "plugins.update": ["change", "the instance"],
  "plugins.remove": ["delete", "the instance"],
  "plugins.runNow": ["collect", "now from"],
  "plugins.test": ["test", "a connection"],
  "discovery.look": ["search", "this machine"],
  "discovery.ignore": ["ignore", "the found service"],
  "discovery.takeBack": ["take", "back the found service"],
  "discovery.hideNotice": ["hide", "the notice of found services"],
  "alerts.acknowledge": ["acknowledge", "the alert"],
  "alerts.unacknowledge": ["take", "back the acknowledgement of"],
  "alerts.snooze": ["snooze", "the alert"],
  "alerts.note": ["write", "a note on"],
  "alerts.resolve": ["resolve", "the alert"],
  "alerts.import": ["import", "alert settings"],
  "alerts.backtest": ["test", "a rule on the past"],
  "alerts.rule.create": ["make", "the rule"],
  "alerts.rule.update": ["change", "the rule"],
  "alerts.rule.remove": ["delete", "the rule"],
  "alerts.rule.preview": ["test", "a rule"],
  "alerts.override.create": ["change", "the plugin's rule"],
  "alerts.override.update": ["change", "the plugin's rule"],
  "alerts.override.remove": ["take", "back the change of"],
  "channels.create": ["add", "the channel"],
  "channels.update": ["change", "the channel"],
  "channels.remove": ["delete", "the channel"],
  "channels.test": ["test", "the channel"],
  "notifications.act": ["handle", "an alert by a link"],
  "notifications.retry": ["send", "a message again"],
  "notifications.sendCanary": ["send", "a canary message"],
  "notifications.setRoutes": ["change", "the routes"],
  "notifications.setSettings": ["change", "how messages are sent"],
  "silences.create": ["plan", "the silence"],
  "silences.update": ["change", "the silence"],
  "silences.end": ["end", "the silence"],
  "silences.remove": ["delete", "the silence"],
  "silences.parents.set": ["change", "what hangs on what"],
  "storage.keep": ["change", "how long things are kept"],
  "backup.download": ["take", "a backup"],
  "config.import": ["import", "files of the configuration"],
  "config.importFrom": ["import", "what another program had"],
  "config.provision": ["apply", "what a file says of"],
  "config.provision.takeFile": ["take", "what a file says of"],
  "config.provision.keepMine": ["keep", "what is here, not in a file, of"],
  "secrets.rotate": ["encrypt", "all secrets under a new key"],
  "secrets.reset": ["go", "on with another key of the secrets"],
  "other-site": ["send", "from another site's page to"],
};

/** Kinds of deeds by the beginning of their action, as they are chosen from. */
export const KINDS = [
  { value: "sign-in", name: "Sign-in" },
  { value: "sign-out", name: "Sign-out" },
  { value: "first-run", name: "First admin" },
  { value: "account", name: "Own account" },
  { value: "people", name: "People" },
  { value: "tokens", name: "API tokens" },
  { value: "plugins", name: "Instances" },
  { value: "discovery", name: "Found services" },
  { value: "alerts", name: "Alerts and rules" },
  { value: "alerts.rule", name: "Own rules" },
  { value: "alerts.override", name: "Plugins' rules" },
  { value: "channels", name: "Channels" },
  { value: "notifications", name: "Notifications" },
  { value: "silences", name: "Silences" },
  { value: "storage", name: "Storage" },
  { value: "backup", name: "Backup" },
  { value: "config", name: "Files" },
  { value: "secrets", name: "Key of the secrets" },
  { value: "mcp", name: "Assistants" },
  { value: "audit", name: "Audit log" },
  { value: "other-site", name: "Other sites' pages" },
] as const;

/** What only looks is written when it is refused; what is looked at, by the beginning of the action. */
const SEEN: Readonly<Record<string, string | undefined>> = {
  people: "people",
  tokens: "API tokens",
  plugins: "instances",
  metrics: "readings",
  discovery: "found services",
  alerts: "alerts and rules",
  channels: "channels",
  notifications: "notifications",
  silences: "silences",
  storage: "storage",
  system: "what runs here",
  backup: "backups",
  audit: "the audit log",
  assist: "what assistants are told",
  config: "the configuration as files",
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What somebody did or tried, without its name: "Changed the channel", "Tried to sign in". */
export function deedWords({
  action,
  outcome,
  actorId,
  details,
}: Pick<AuditLine, "action" | "outcome" | "actorId" | "details">): string {
  if (action === "refusals") return "Refusals that were too many to be written";
  // Half of a sign-in: the password was right, and a code is still to come.
  if (action === "sign-in" && outcome === "done" && actorId === null && details.facts)
    return "Gave the right password, without the code yet";
  const known = Object.hasOwn(DEEDS, action) ? DEEDS[action] : undefined;
  if (known) {
    const [verb, object] = known;
    return outcome === "done" ? capital(`${PAST[verb]} ${object}`) : `Tried to ${verb} ${object}`;
  }
  // Of an assistant the action is which tool it used.
  const tool = action.startsWith("mcp.") ? action.slice("mcp.".length) : undefined;
  if (tool !== undefined)
    return outcome === "done" ? `Had an assistant use ${tool}` : `Tried to have an assistant use ${tool}`;
  if (action === "mcp") return "Tried to come in as an assistant";
  if (outcome === "done") return `Called ${action}`;
  const [group = ""] = action.split(".", 1);
  return `Tried to look at ${(Object.hasOwn(SEEN, group) ? SEEN[group] : undefined) ?? action}`;
}
