import { formatDuration, formatText } from "../../../components/format";
import { printable } from "../../../plugins/sdk/printable";
import { cutText } from "../deliver/cut-text";
import type { Alert } from "../shapes/alert";
import { type Message, type MessageAlert, MOST_ALERTS } from "../shapes/message";
import type { Route } from "../shapes/route";
import { isWorse } from "./aim";
import type { Tell, TellEvent } from "./decide";
import type { Facts, FactsOf } from "./facts";
import { formatIn } from "./local-time";
import { fillIn, type TemplateName } from "./template";

/** What links and words of messages are made with. */
export interface Wording {
  readonly factsOf: FactsOf;
  /** "" makes no links. */
  readonly publicUrl: string;
  /** A signed link to a page where the deed is done. */
  link(messageId: string, deed: "acknowledge" | "snooze"): string;
}

export interface Content {
  readonly id: string;
  readonly groupKey: string;
  readonly route: Pick<Route, "title" | "text" | "timeZone">;
  readonly tells: readonly Tell[];
  readonly others: number;
  readonly kind?: Message["kind"];
  readonly now: number;
}

const STATES: Readonly<Record<TellEvent, string>> = {
  firing: "firing",
  still: "still firing",
  flapping: "comes and goes",
  resolved: "resolved",
};
const PREFIXES: Readonly<Record<TellEvent, string>> = {
  firing: "",
  still: "Still: ",
  flapping: "Comes and goes: ",
  resolved: "Resolved: ",
};
const MOST_LINES = 20;
const MOST_TITLE = 250;
const MOST_TEXT = 8_000;

/** One message of what is told. One alert reads as such, several as a list. */
export function composeMessage(content: Content, wording: Wording): Message {
  const { id, groupKey, route, tells, others, kind = "alerts", now } = content;
  const told = tells.map((tell) => ({ tell, facts: wording.factsOf(tell.alert), line: toldOf(tell, wording) }));
  const worst = [...told].sort((one, other) => order(one.tell, other.tell))[0];
  const firing = tells.filter(({ event }) => event !== "resolved").length;
  const names = namesOf({ told, worst, others, firing }, route.timeZone, now);
  const [title, text] = tells.length === 1 && kind !== "digest" ? ONE : MANY;
  const { publicUrl } = wording;
  const canAct = publicUrl !== "" && firing > 0 && kind === "alerts";
  return {
    id,
    groupKey,
    kind,
    title: oneLine(fillIn(route.title || (kind === "digest" ? DIGEST : title(names)), names)),
    text: cutText(
      (route.text === "" ? fillIn(text, names).replace(/\n{2,}/g, "\n") : fillIn(route.text, names)).trim(),
      MOST_TEXT,
    ),
    severity: worst?.tell.alert.severity ?? "info",
    state: firing === 0 ? "resolved" : firing === tells.length ? "firing" : "mixed",
    alerts: told.slice(0, MOST_ALERTS).map(({ line }) => line),
    more: Math.max(told.length - MOST_ALERTS, 0),
    url: publicUrl === "" ? null : told.length === 1 && worst ? worst.line.url : `${publicUrl}/alerts`,
    actions: canAct
      ? [
          { title: "Acknowledge", url: wording.link(id, "acknowledge") },
          { title: "Snooze 1 h", url: wording.link(id, "snooze") },
        ]
      : [],
  };
}

type Names = Record<TemplateName, string>;
interface Line {
  readonly tell: Tell;
  readonly facts: Facts;
  readonly line: MessageAlert;
}

const ONE = [
  ({ state, rule, instance }: Names) => `${PREFIXES[eventOf(state)]}${rule}${instance === "" ? "" : ` on ${instance}`}`,
  "{{summary}}\n{{labels}}\nSince {{since}} ({{duration}})\n{{others}}",
] as const;
const MANY = [
  ({ count, firing, resolved, host }: Names) => {
    const where = host === "" ? "" : ` on ${host}`;
    if (resolved === "0") return `${count} alerts${where}`;
    return firing === "0" ? `Resolved: ${count} alerts${where}` : `${firing} alerts, ${resolved} resolved${where}`;
  },
  "{{alerts}}\n{{others}}",
] as const;
const DIGEST = "{{count}} alerts since the last summary, {{firing}} of them fire";

const eventOf = (state: string): TellEvent =>
  (Object.keys(STATES) as TellEvent[]).find((event) => STATES[event] === state) ?? "firing";

/** What fires before what is over, the worst first. */
function order(one: Tell, other: Tell): number {
  const over = Number(one.event === "resolved") - Number(other.event === "resolved");
  if (over !== 0) return over;
  const [first, second] = [one.alert.severity, other.alert.severity];
  return Number(isWorse(second, first)) - Number(isWorse(first, second));
}

function namesOf(
  { told, worst, others, firing }: { told: readonly Line[]; worst: Line | undefined; others: number; firing: number },
  timeZone: string,
  now: number,
): Names {
  const alert = worst?.tell.alert;
  const since = worst?.line.since ?? now;
  const end = worst?.tell.event === "resolved" ? worst.tell.alert.standing.since : now;
  const { text, unit } = formatDuration(Math.max(end - since, 0) / 1_000);
  const hosts = new Set(told.map(({ facts }) => facts.host));
  const lines = told.slice(0, MOST_LINES).map(({ tell, line }) => `${PREFIXES[tell.event]}${lineOf(line)}`);
  if (told.length > MOST_LINES) lines.push(`and ${told.length - MOST_LINES} more`);
  const shown = (value: number | null | undefined) => (worst ? valueText(value, worst.facts) : "");
  return {
    rule: worst?.line.ruleName ?? "",
    summary: worst?.line.summary ?? "",
    severity: alert?.severity ?? "info",
    state: worst ? STATES[worst.tell.event] : "",
    instance: worst?.line.instance ?? "",
    host: hosts.size === 1 ? (worst?.line.host ?? "") : "",
    plugin: worst?.facts.plugin ?? "",
    value: shown(alert?.value),
    limit: shown(alert?.limit),
    worst: shown(alert?.worst),
    labels: labelText(worst?.line.labels ?? {}),
    since: formatIn(since, timeZone),
    duration: unit === "" ? text : `${text} ${unit}`,
    count: String(told.length),
    firing: String(firing),
    resolved: String(told.length - firing),
    others: others === 0 ? "" : others === 1 ? "One more fires still." : `${others} more fire still.`,
    alerts: lines.join("\n"),
  };
}

const lineOf = ({ summary, severity, instance }: MessageAlert) =>
  `${summary}${summary.includes(instance) ? "" : ` (${instance})`} [${severity}]`;

function toldOf({ event, alert }: Tell, { factsOf, publicUrl }: Wording): MessageAlert {
  const facts = factsOf(alert);
  return {
    id: alert.id,
    event: event === "still" ? "firing" : event,
    severity: alert.severity,
    ruleName: oneLine(alert.ruleName),
    instance: oneLine(facts.instance),
    host: oneLine(facts.host),
    summary: oneLine(summaryOf(alert, facts)),
    value: valueText(alert.value, facts),
    limit: valueText(alert.limit, facts),
    labels: alert.labels,
    since: alert.firedAt ?? alert.standing.since,
    url: publicUrl === "" ? null : `${publicUrl}/alerts/${encodeURIComponent(alert.id)}`,
  };
}

/** The rule's sentence. Labels come last: one that is called "value" is not the value. */
function summaryOf({ summary, labels, value, limit, worst }: Alert, facts: Facts): string {
  const [shown, compared, furthest] = [value, limit, worst].map((one) => valueText(one, facts));
  const { instance, host } = facts;
  const known = { instance, host, value: shown ?? "", limit: compared ?? "", worst: furthest ?? "" };
  return fillIn(summary, { ...labels, ...known });
}

const valueText = (value: number | null | undefined, { unit }: Facts) =>
  value === null || value === undefined ? "" : formatText(value, unit);

const labelText = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}: ${oneLine(value)}`)
    .join(", ");

const oneLine = (text: string) => cutText(printable(text.replace(/\s+/g, " ").trim()), MOST_TITLE);
