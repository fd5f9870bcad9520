import type { Route } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { WEEK_ORDER, WEEKDAYS } from "@/components/silences/recurrence";

/** A route in sentences: of what it speaks, whom it tells, and how. Names in it are text from outside. */
export interface RouteWords {
  readonly what: string;
  readonly whom: string;
  /** A fact each. */
  readonly how: readonly string[];
}

type NameOf = (channel: string) => string | undefined;
type Match = Route["match"];

const SEVERITY_WORDS = {
  info: "Every alert",
  warning: "Warnings and critical alerts",
  critical: "Critical alerts",
} as const;
const GROUP_WORDS = {
  host: "host",
  instance: "instance",
  rule: "rule",
  all: "all alerts",
  none: "alert",
} as const satisfies Record<Route["group"], string>;
const SIGN = { is: "is", is_not: "is not", like: "is like", unlike: "is not like" } as const;

export function routeWords(route: Omit<Route, "id" | "name">, nameOf: NameOf): RouteWords {
  return { what: whatWords(route), whom: whomWords(route, nameOf), how: howWords(route, nameOf) };
}

/** "Critical alerts of plugin disk on host nas, Monday to Friday 08:00–18:00". */
function whatWords({ match, timeZone }: Pick<Route, "match" | "timeZone">): string {
  const { severity, plugins, hosts, tags, labels, times } = match;
  const limits = [
    plugins.length === 0 ? "" : ` of ${plugins.length > 1 ? "plugins" : "plugin"} ${joinWords(plugins, "or")}`,
    hosts.length === 0 ? "" : ` on ${joinWords(hosts, "or")}`,
    tags.length === 0 ? "" : ` tagged ${joinWords(tags, "or")}`,
    labels.length === 0
      ? ""
      : ` where ${joinWords(
          labels.map(({ label, op, value }) => `${label} ${SIGN[op]} ${value === "" ? "empty" : value}`),
          "and",
        )}`,
  ].join("");
  const when = times.length === 0 ? "" : `, ${joinWords(times.map(timeWords), "or")} (${timeZone})`;
  return `${SEVERITY_WORDS[severity]}${limits}${when}`;
}

/** "weekdays 08:00–18:00", "every day from 22:00 until 06:00 the next day". */
export function timeWords({ from, to, weekdays }: Match["times"][number]): string {
  const days = dayWords(weekdays);
  if (from === to) return from === "00:00" ? `${days}, all day` : `${days} from ${from} for 24 h`;
  return `${days} ${from}–${to}${from > to ? " the next day" : ""}`;
}

/** @param days Monday is 1, Sunday 7; none are all */
function dayWords(days: readonly number[]): string {
  const wanted = [...new Set(days)].sort((a, b) => a - b);
  if (wanted.length === 0 || wanted.length === 7) return "every day";
  if (wanted.join() === "1,2,3,4,5") return "weekdays";
  if (wanted.join() === "6,7") return "weekends";
  return joinWords(
    WEEK_ORDER.filter((day) => wanted.includes(day === 0 ? 7 : day)).map((day) => `${WEEKDAYS[day]}s`),
    "and",
  );
}

function whomWords({ channels }: Pick<Route, "channels">, nameOf: NameOf): string {
  return channels !== "all" && channels.length === 0 ? "tell nobody" : `go to ${channelWords(channels, nameOf)}`;
}

/** "every channel", "Phone and Mail". */
export function channelWords(channels: Route["channels"], nameOf: NameOf): string {
  if (channels === "all") return "every channel";
  if (channels.length === 0) return "nobody";
  return joinWords(
    channels.map((id) => nameOf(id) ?? "a removed channel"),
    "and",
  );
}

function howWords(route: Omit<Route, "id" | "name">, nameOf: NameOf): string[] {
  const { digest, channels, escalate } = route;
  const tells = channels === "all" || channels.length > 0;
  return [
    ...(digest
      ? [`Once a day at ${digest.at}, as one summary`]
      : tells || escalate.length > 0
        ? promptWords(route)
        : []),
    ...(digest
      ? []
      : escalate.map(
          (step) =>
            `After ${formatText(step.afterMinutes * 60, "seconds")} without acknowledgement also ${channelWords(step.channels, nameOf)}`,
        )),
    ...(route.continue ? ["Routes below are looked at as well"] : []),
  ];
}

function promptWords({
  group,
  waitSeconds,
  criticalWaitSeconds,
  repeatHours,
  resolved,
  match,
}: Omit<Route, "id" | "name">) {
  const critical = match.severity === "critical";
  const wait = (seconds: number) => (seconds === 0 ? "at once" : `after ${formatText(seconds, "seconds")}`);
  const waits =
    critical || waitSeconds === criticalWaitSeconds
      ? wait(criticalWaitSeconds)
      : `${wait(waitSeconds)}, critical ${wait(criticalWaitSeconds)}`;
  return [
    `${group === "all" ? "One message for all of them" : `One message ${group === "none" ? "an" : group === "instance" ? "an" : "a"} ${GROUP_WORDS[group]}`}, ${waits}`,
    repeatWords(repeatHours, critical),
    ...(resolved ? [] : ["That it is over is not told"]),
  ];
}

function repeatWords({ critical, warning }: Route["repeatHours"], only: boolean): string {
  const every = (hours: number) => `every ${hours < 48 ? `${hours} h` : formatText(hours * 3_600, "seconds")}`;
  if (critical === null && (only || warning === null)) return "Not repeated";
  if (only || critical === warning) return `Repeated ${every(critical ?? 0)} while it fires`;
  if (critical === null) return `Repeated ${every(warning ?? 0)} while it fires, critical never`;
  return `Repeated ${every(critical)} while critical, ${warning === null ? "never as a warning" : `${every(warning)} as a warning`}`;
}

export function joinWords(words: readonly string[], last: "and" | "or"): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
