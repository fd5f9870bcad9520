/** Ids of things to ask about. */
export interface Ids {
  readonly instance: string;
  readonly plugin: string;
  readonly alert: string;
  readonly rule: string;
  readonly override: string;
  readonly silence: string;
  readonly channel: string;
  readonly delivery: string;
  readonly person: string;
  readonly token: string;
  readonly host: string;
  readonly label: string;
}

const part = { kind: "value", metric: "heat", is: "above", limit: 50 };
const rule = { name: "Hot", scope: { kind: "all" }, parts: [part], severity: "info", summary: "Hot" };
const silence = { kind: "silence", name: "Quiet", matchers: [], when: { kind: "once", from: 1_000, to: 2_000 } };
const channel = { kind: "gotify", name: "Phone", config: { url: "http://127.0.0.1:9", token: "x" } };
const person = { name: "Berta", role: "viewer" };
const route = { name: "House", timeZone: "UTC" };
const draft = { plugin: "probe", name: "New", config: {} };
const overrideOf = ({ instance }: Ids) => ({
  rule: null,
  scope: { kind: "instance", instance },
  set: { enabled: false },
});
const retention = {
  rawDays: 30,
  hourlyDays: 365,
  dailyDays: 1_825,
  alertsDays: 90,
  runsDays: 30,
  plugins: {},
  budgetBytes: null,
};
const byId = (kind: keyof Ids) => (ids: Ids) => [{ id: ids[kind] }];
const nothing = () => [undefined];

/** Valid inputs of every procedure there is; whoever adds one says here how it is asked. */
export const PROCEDURE_INPUTS: Readonly<Record<string, (ids: Ids) => readonly unknown[]>> = {
  "account.me": nothing,
  "account.doors": nothing,
  "account.profile": nothing,
  "account.rename": () => [{ name: "Anna" }],
  "account.sessions": nothing,
  "account.endSession": byId("person"),
  "account.endOtherSessions": nothing,

  "people.list": nothing,
  "people.create": () => [{ ...person, username: "berta", password: "correct horse battery" }],
  "people.update": (ids) => [{ id: ids.person, person: { ...person, disabled: false } }],
  "people.setPassword": (ids) => [{ id: ids.person, password: "correct horse battery" }],
  "people.resetFactors": byId("person"),
  "people.endSessions": byId("person"),
  "people.remove": byId("person"),

  "tokens.list": nothing,
  "tokens.create": () => [{ name: "Script", scopes: ["read"], expiresInDays: 30 }],
  "tokens.remove": byId("token"),
  "tokens.all": nothing,
  "tokens.revoke": byId("token"),
  "audit.list": nothing,
  "backup.overview": nothing,

  "plugins.overview": nothing,
  "plugins.catalogue": nothing,
  "plugins.definition": byId("plugin"),
  "plugins.instances": nothing,
  "plugins.instance": byId("instance"),
  "plugins.inventory": byId("instance"),
  "plugins.runs": byId("instance"),
  "plugins.test": (ids) => [draft, { ...draft, id: ids.instance }],
  "plugins.create": () => [draft],
  "plugins.update": (ids) => [{ id: ids.instance, name: "Renamed" }],
  "plugins.remove": byId("instance"),
  "plugins.runNow": byId("instance"),

  "assist.documents": (ids) => [undefined, { instance: ids.instance }],
  "assist.context": (ids) => [{ question: "heat" }, { question: "how full", plugins: [ids.plugin] }],
  "assist.analysis": byId("alert"),
  "assist.bundle": () => [undefined, { budget: 8_000, names: "pseudonyms" }, { format: "jsonl" }],
  "assist.settings": nothing,

  "discovery.found": nothing,
  "discovery.look": nothing,
  "discovery.proposal": () => [{ key: "x" }],
  "discovery.ignore": () => [{ key: "x" }],
  "discovery.takeBack": () => [{ key: "x" }],
  "discovery.hideNotice": nothing,

  "metrics.latest": (ids) => [
    { instance: ids.instance },
    { instance: ids.instance, metrics: ["heat"], where: { place: ids.label } },
  ],
  "metrics.range": (ids) => [
    { instance: ids.instance, from: 0, to: 86_400_000 },
    { instance: ids.instance, from: Date.now() - 7_200_000, to: Date.now(), maxLines: 1 },
  ],

  "alerts.attention": nothing,
  "alerts.rules": (ids) => [undefined, { instance: ids.instance }],
  "alerts.effective": (ids) => [{ instance: ids.instance }, { instance: ids.instance, labels: { place: ids.label } }],
  "alerts.backtest": () => [{ rule }],
  "alerts.open": nothing,
  "alerts.detail": byId("alert"),
  "alerts.past": (ids) => [
    undefined,
    { instance: ids.instance },
    { rule: ids.rule },
    { text: ids.label },
    { text: ids.host },
  ],
  "alerts.history": (ids) => [undefined, { alert: ids.alert }, { instance: ids.instance }, { rule: ids.rule }],
  "alerts.acknowledge": (ids) => [{ id: ids.alert, note: "Seen." }],
  "alerts.unacknowledge": byId("alert"),
  "alerts.snooze": (ids) => [
    { id: ids.alert, until: Date.now() + 60_000 },
    { id: ids.alert, until: null },
  ],
  "alerts.note": (ids) => [{ id: ids.alert, note: "A note." }],
  "alerts.resolve": byId("alert"),
  "alerts.export": nothing,
  "alerts.import": () => [{ yaml: "rules: []" }],

  "config.export": nothing,
  "config.importFrom": () => [
    { kind: "gatus", base64: Buffer.from("endpoints: [{ name: a, url: 'tcp://127.0.0.1:9' }]").toString("base64") },
  ],
  "config.provision.state": nothing,
  "config.provision.managed": nothing,
  "config.provision.takeFile": () => [{ kind: "rule", id: "x" }],
  "config.provision.keepMine": () => [{ kind: "rule", id: "x" }],
  "config.import": () => [{ files: [{ yaml: "rules: []" }] }],

  "alerts.rule.list": nothing,
  "alerts.rule.get": byId("rule"),
  "alerts.rule.create": () => [rule],
  "alerts.rule.update": (ids) => [{ id: ids.rule, rule }],
  "alerts.rule.remove": byId("rule"),
  "alerts.rule.all": nothing,
  "alerts.rule.about": byId("rule"),
  "alerts.rule.measured": (ids) => [{ scope: { kind: "all" } }, { scope: { kind: "host", host: ids.host } }],
  "alerts.rule.labels": () => [{ scope: { kind: "all" }, metric: "heat" }],
  "alerts.rule.preview": () => [{ scope: { kind: "all" }, parts: [part], join: "all" }],
  "alerts.override.list": nothing,
  "alerts.override.create": (ids) => [overrideOf(ids)],
  "alerts.override.update": (ids) => [{ id: ids.override, override: overrideOf(ids) }],
  "alerts.override.remove": byId("override"),

  "silences.list": nothing,
  "silences.create": () => [silence],
  "silences.update": (ids) => [{ id: ids.silence, silence }],
  "silences.end": byId("silence"),
  "silences.remove": byId("silence"),
  "silences.preview": (ids) => [{ matchers: [{ of: "host", op: "is", value: ids.host }], when: null }],
  "silences.parents.get": nothing,
  "silences.parents.set": () => [{ links: [] }],

  "notifications.routes": nothing,
  "notifications.setRoutes": () => [{ routes: [route] }],
  "notifications.preview": (ids) => [{ route }, { route, alert: ids.alert }],
  "notifications.names": nothing,
  "notifications.log": nothing,
  "notifications.latest": nothing,
  "notifications.canary": nothing,
  "notifications.sendCanary": nothing,
  "notifications.retry": byId("delivery"),
  "notifications.settings": nothing,
  "notifications.setSettings": () => [{}],
  // Whoever has such a link was told of the alert.
  "notifications.link": () => [{ token: "no-such-token" }],
  "notifications.act": () => [{ token: "no-such-token" }],

  "channels.kinds": nothing,
  "channels.list": nothing,
  "channels.get": byId("channel"),
  "channels.create": () => [channel],
  "channels.update": (ids) => [{ id: ids.channel, channel }],
  "channels.remove": byId("channel"),
  "channels.test": byId("channel"),
  "channels.pushKey": nothing,

  "live.stream": (ids) => [undefined, { instances: [ids.instance] }],

  "system.about": nothing,
  "storage.overview": nothing,
  "storage.health": nothing,
  "storage.plan": () => [retention],
  "storage.keep": () => [retention],
};
