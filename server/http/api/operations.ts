import type { z } from "zod";
import { SilenceDraft } from "../../alerts/shapes/silence";

/** Where `/api/v1` is mounted; what stands in the table begins after it. */
export const MOUNT = "/api/v1";
export const DOCUMENT_PATH = `${MOUNT}/openapi.json`;
export const isApiPath = (path: string): boolean => path === MOUNT || path.startsWith(`${MOUNT}/`);

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One line of the API: which procedure answers what address. */
export interface Operation {
  readonly method: Method;
  /** `{name}` is one part of the path, percent-encoded, and goes into the input under that name. */
  readonly path: string;
  readonly procedure: string;
  readonly summary: string;
  /** The body is this one field of the input; without it, the body's fields are the input's. */
  readonly body?: string;
  /** What the body is like, where the procedure's own schema does not say. */
  readonly bodySchema?: z.ZodType;
  /** The answer's list, where it comes by pages: its name, and a cursor goes in and out. */
  readonly page?: string;
}

type More = Pick<Operation, "body" | "bodySchema" | "page">;
const operation =
  (method: Method) =>
  (path: string, procedure: string, summary: string, more: More = {}): Operation => ({
    ...{ method, path, procedure, summary },
    ...more,
  });
const get = operation("GET");
const post = operation("POST");
const put = operation("PUT");
const patch = operation("PATCH");
const remove = operation("DELETE");

/**
 * All of it, by what it is about. Paths, methods and names are public: what stands here stays. A mutation is never a GET. A query whose
 * question is too long for an address is a POST that changes nothing.
 */
export const OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  Instances: [
    get("/instances", "plugins.instances", "Every instance with how it does"),
    post("/instances", "plugins.create", "Watch something new"),
    post("/instances/test", "plugins.test", "Read with a config, and store nothing"),
    get("/instances/{id}", "plugins.instance", "One instance: config, board, metrics and series"),
    patch("/instances/{id}", "plugins.update", "Change what is given; a secret that is `***` stays"),
    remove("/instances/{id}", "plugins.remove", "Remove an instance with its history"),
    post("/instances/{id}/run", "plugins.runNow", "Collect now, outside the cadence"),
    get("/instances/{id}/runs", "plugins.runs", "Its latest runs, newest first"),
    get("/instances/{id}/inventory", "plugins.inventory", "What it reported last of what is there"),
    get("/overview", "plugins.overview", "Hosts and instances with their headline figures"),
  ],
  Plugins: [
    get("/plugins", "plugins.catalogue", "What can be watched"),
    get("/plugins/{id}", "plugins.definition", "One plugin: the JSON Schema of its config, metrics, default rules"),
  ],
  Metrics: [
    get("/metrics/latest", "metrics.latest", "Every series of an instance with its newest sample"),
    get("/metrics/documents", "assist.documents", "Newest values, each with a sentence and how it was collected"),
    get("/metrics/range", "metrics.range", "A window of time, in at most so many points"),
  ],
  Alerts: [
    get("/alerts", "alerts.open", "Pending and firing: what fires first, the worst on top"),
    get("/alerts/attention", "alerts.attention", "How much fires that nobody has taken note of"),
    get("/alerts/past", "alerts.past", "Alerts that fired, newest first", { page: "alerts" }),
    get("/alerts/history", "alerts.history", "Every transition and deed, newest first"),
    get("/alerts/{id}/analysis", "assist.analysis", "What is usual, where it is heading, what else moved, what to do"),
    get("/alerts/{id}", "alerts.detail", "One alert: why, since when, and what happened around it"),
    post("/alerts/{id}/acknowledge", "alerts.acknowledge", "Nobody is told again until it is over, another or worse"),
    post("/alerts/{id}/unacknowledge", "alerts.unacknowledge", "Take that back"),
    post("/alerts/{id}/snooze", "alerts.snooze", "Nobody is told before then; null ends it"),
    post("/alerts/{id}/note", "alerts.note", "Write something beside it"),
    post("/alerts/{id}/resolve", "alerts.resolve", "End it; it fires again once its condition was over"),
  ],
  Rules: [
    get("/rules", "alerts.rule.all", "Plugins' own and people's, with how many instances each looks at"),
    post("/rules", "alerts.rule.create", "Make a rule"),
    get("/rules/own", "alerts.rule.list", "Those that people made, as they are edited"),
    get("/rules/defaults", "alerts.rules", "Each instance's defaults from its plugin"),
    get("/rules/effective", "alerts.effective", "Every rule as it is at an instance, and where its values come from"),
    get("/rules/measured", "alerts.rule.measured", "Metrics of which there are series within a scope"),
    get("/rules/labels", "alerts.rule.labels", "What a metric's labels are within a scope"),
    post("/rules/preview", "alerts.rule.preview", "What a draft looks at now; changes nothing"),
    post("/rules/backtest", "alerts.backtest", "How often a rule would have fired; changes nothing"),
    get("/rules/export", "alerts.export", "Rules, overrides, channels, routes and silences as YAML"),
    post("/rules/import", "alerts.import", "Say what such a file changes, or do it"),
    get("/rules/{id}", "alerts.rule.about", "One rule, as it is at each instance, and what people changed"),
    put("/rules/{id}", "alerts.rule.update", "Put another in its place", { body: "rule" }),
    remove("/rules/{id}", "alerts.rule.remove", "Remove a rule that people made"),
    get("/rules/own/{id}", "alerts.rule.get", "One that people made, as it is edited"),
  ],
  Overrides: [
    get("/overrides", "alerts.override.list", "What people decided otherwise than a rule does"),
    post("/overrides", "alerts.override.create", "Decide something otherwise, somewhere"),
    put("/overrides/{id}", "alerts.override.update", "Put another in its place", { body: "override" }),
    remove("/overrides/{id}", "alerts.override.remove", "As the rule says again"),
  ],
  Silences: [
    get("/silences", "silences.list", "What is open, then planned, then over"),
    post("/silences", "silences.create", "Make a silence or a maintenance window", { bodySchema: SilenceDraft }),
    post("/silences/preview", "silences.preview", "Which alerts one would mute, and when; changes nothing"),
    get("/silences/parents", "silences.parents.get", "What hangs on what"),
    put("/silences/parents", "silences.parents.set", "All of that, in place of what was"),
    put("/silences/{id}", "silences.update", "Put another in its place", { body: "silence", bodySchema: SilenceDraft }),
    post("/silences/{id}/end", "silences.end", "End what is open now"),
    remove("/silences/{id}", "silences.remove", "Remove it for good"),
  ],
  Channels: [
    get("/channels", "channels.list", "Where people are told"),
    post("/channels", "channels.create", "Make a channel"),
    get("/channels/kinds", "channels.kinds", "Every kind there is, with the JSON Schema of its settings"),
    get("/channels/push-key", "channels.pushKey", "What a browser subscribes to web push with"),
    post("/channels/test", "channels.test", "Really send a test message"),
    get("/channels/{id}", "channels.get", "One channel; its secrets are `***`"),
    put("/channels/{id}", "channels.update", "Put another in its place; a secret that is `***` stays", {
      body: "channel",
    }),
    remove("/channels/{id}", "channels.remove", "Remove a channel"),
  ],
  Notifications: [
    get("/notifications", "notifications.log", "What was sent, newest first", { page: "deliveries" }),
    get("/notifications/latest", "notifications.latest", "The newest of each channel"),
    get("/notifications/canary", "notifications.canary", "How the last canary went"),
    post("/notifications/canary", "notifications.sendCanary", "Send one at once"),
    get("/notifications/names", "notifications.names", "Names that a route's own words may hold"),
    get("/notifications/routes", "notifications.routes", "Who is told of what, in their order"),
    put("/notifications/routes", "notifications.setRoutes", "All of them, in place of what was"),
    post("/notifications/preview", "notifications.preview", "What a route would send; sends nothing"),
    get("/notifications/settings", "notifications.settings", "Public address, heartbeat and canary"),
    put("/notifications/settings", "notifications.setSettings", "Set them"),
    post("/notifications/{id}/retry", "notifications.retry", "Send one again that failed, or now that waits"),
  ],
  Assistants: [
    get("/bundle", "assist.bundle", "A window of time as one text, within so many tokens and without secrets"),
    get("/query-context", "assist.context", "Which metrics a question speaks of, and how they did"),
  ],
  Discovery: [
    get("/discovery", "discovery.found", "Services of this machine that could be watched, as found last"),
    post("/discovery/look", "discovery.look", "Look again"),
    get("/discovery/proposal", "discovery.proposal", "One of them, with the config to make it with"),
    post("/discovery/ignore", "discovery.ignore", "Propose it no more"),
    post("/discovery/take-back", "discovery.takeBack", "Propose it again"),
  ],
  Configuration: [
    get("/config/export", "config.export", "Everything that people set as YAML, some parts of it, or one thing"),
    post("/config/import", "config.import", "Say what such files change, or do it"),
    get("/config/provision", "config.provision.state", "The folder of files that is applied, and what drifted from it"),
    get("/config/provision/things", "config.provision.managed", "Which things are by a file"),
    post("/config/provision/take-file", "config.provision.takeFile", "Apply what the file says of what drifted"),
    post("/config/provision/keep", "config.provision.keepMine", "Leave it as it is here until the file says else"),
  ],
  Storage: [
    get("/storage", "storage.overview", "What is stored, how much, and for how long"),
    get("/storage/health", "storage.health", "Whether samples become durable"),
    post("/storage/plan", "storage.plan", "What these times would come to; changes nothing"),
    put("/storage/retention", "storage.keep", "Set how long what is kept"),
  ],
  People: [
    get("/people", "people.list", "Who may come in"),
    post("/people", "people.create", "Let somebody in"),
    put("/people/{id}", "people.update", "Set a person's name, role and tags", { body: "person" }),
    remove("/people/{id}", "people.remove", "Remove somebody"),
    put("/people/{id}/password", "people.setPassword", "Set a new password"),
    post("/people/{id}/reset-factors", "people.resetFactors", "Second factors and passkeys are gone"),
    post("/people/{id}/end-sessions", "people.endSessions", "Sign somebody out everywhere"),
  ],
  Tokens: [
    get("/tokens", "tokens.all", "Everybody's API tokens, without what is secret"),
    remove("/tokens/{id}", "tokens.revoke", "Revoke anybody's"),
  ],
  Audit: [get("/audit", "audit.list", "Who did what, newest first", { page: "entries" })],
  Unity: [
    get("/me", "account.me", "Who asks, and what that one may"),
    get("/about", "system.about", "What runs, where its data lies and how much there is"),
    get("/backup", "backup.overview", "The last backup, and what one of now would have"),
  ],
};

/** It is answered by 201 and the address of what is new. */
export const isCreate = ({ method, procedure }: Pick<Operation, "method" | "procedure">): boolean =>
  method === "POST" && procedure.endsWith(".create");

/** What parameters of a query mean, whoever has them. */
export const PARAMETERS: Readonly<Record<string, string>> = {
  cursor: "The `nextCursor` of the page before.",
  limit: "At most so many.",
  from: "Epoch milliseconds.",
  to: "Epoch milliseconds.",
  since: "Epoch milliseconds.",
  instance: "Its id.",
  metrics: "Names; all of them when there is none.",
  where: "Labels that a series must have.",
  labels: "Of the item that is meant.",
  maxPoints: "In at most so many buckets, from the finest tier that fits.",
  maxLines: "At most so many series, the largest on average first.",
  text: "Words that must all be in its names, labels and notes.",
  actor: "Somebody's id or name.",
  action: 'An action, as "channels.update", or a group of them, as "channels".',
  key: "Of the proposal.",
  question: "In plain words.",
  plugins: "Ids of plugins; all of them when there is none.",
  budget: "At most so many tokens: 8000, 32000 or 128000.",
  names: "`pseudonyms` puts numbers in place of machines' names and addresses.",
  format: "Markdown with fenced JSON lines, or the JSON lines alone.",
};

/** Procedures that are not in the table, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "live.stream": "A stream is no answer: it comes over WebSocket, by the typed client.",
  "account.doors": "What the sign-in page shows.",
  "account.profile": "A person's own, in a session; /me says who asks.",
  "account.rename": "A person's own, in a session.",
  "account.sessions": "A person's own, in a session.",
  "account.endSession": "A person's own, in a session.",
  "account.endOtherSessions": "A person's own, in a session.",
  "tokens.list": "A person's own, in a session: a token lists none.",
  "tokens.create": "With a token nobody makes one: who steals it cannot make it last.",
  "tokens.remove": "A person's own, in a session; /tokens/{id} revokes anybody's.",
  "notifications.link": "Who has a message's link opens its page.",
  "notifications.act": "Who has a message's link sends a POST to it.",
  "assist.settings": "What a page shows.",
  "config.importFrom": "Larger than what the API takes: the page sends it, and `unity import-from` maps it by itself.",
  "discovery.hideNotice": "What a page shows.",
};
