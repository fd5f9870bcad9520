import { may as isAllowed, type Permission, seesAll } from "@/components/account/rights";
import { summaryText } from "@/components/alerts/fill-summary";
import { TONE_OF } from "@/components/alerts/severity";
import type { CatalogueEntry, InstanceSummary, Me, OpenAlert } from "@/components/data/outputs";
import { STATE_TONE, stateOf } from "@/components/instances/state";
import { titleOf } from "@/components/instances/titles";
import { settingsOf } from "@/components/settings/places";
import { type IconName, isIconName } from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tones";
import { fuzzyMatch } from "./fuzzy";
import { PLACES } from "./places";
import { THEMES, type Theme } from "./theme";

export type CommandGroup = "Pages" | "Alerts" | "Instances" | "Hosts" | "Actions" | "Add";
export type Deed =
  | { readonly kind: "go"; readonly href: string }
  | { readonly kind: "run"; readonly id: string; readonly name: string }
  | { readonly kind: "theme"; readonly theme: Theme }
  | { readonly kind: "sign out" }
  | { readonly kind: "keys" };

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** Beside the title; also searched. */
  readonly detail: string;
  readonly icon: IconName;
  /** An instance's state, instead of the icon. */
  readonly tone?: Tone;
  readonly keys?: readonly string[];
  readonly deed: Deed;
}
export interface Found extends Command {
  readonly marks: readonly number[];
}

interface Known {
  readonly instances: readonly InstanceSummary[];
  readonly catalogue: readonly CatalogueEntry[];
  /** Pending and firing, the worst first. */
  readonly alerts: readonly OpenAlert[];
  /** The instance whose page is open. */
  readonly openId: string | undefined;
  /** Whoever looks for something; undefined until that is known. */
  readonly me: Pick<Me, "permissions" | "tags" | "via"> | undefined;
}

/** Pages within others. */
const INNER: readonly Command[] = [
  pageCommand("/alerts/history", "Alert history", "what fired, and what was done about it", "alerts"),
  pageCommand("/alerts/rules", "Alert rules", "what is watched for", "alerts"),
];
/** Of who is told of everything. */
const OF_ALL: readonly Command[] = [
  pageCommand("/alerts/notifications", "Notifications", "who is told of what, and whether it arrives", "alerts"),
  pageCommand("/alerts/notifications/log", "Delivery log", "what was told, and what became of it", "alerts"),
];

const FIND: Command = {
  id: "find services",
  group: "Actions",
  title: "Find services",
  detail: "on this machine, to watch them",
  icon: "search",
  deed: { kind: "go", href: "/catalogue?find" },
};

const SIGN_OUT: Command = {
  id: "sign out",
  group: "Actions",
  title: "Sign out",
  detail: "",
  icon: "lock",
  deed: { kind: "sign out" },
};

const THEME_ICONS: Readonly<Record<Theme, IconName>> = { auto: "auto", light: "sun", dark: "moon" };

/** Everything that can be gone to or done, in the order in which an empty query shows it. */
export function listCommands({ instances, catalogue, alerts, openId, me }: Known): Command[] {
  const open = instances.find(({ id }) => id === openId);
  const may = (permission: Permission) => isAllowed(me, permission);
  return [
    ...(open?.enabled && may("respond") ? [runCommand(open)] : []),
    ...PLACES.map(({ href, name, icon, key }): Command => {
      const keys = ["g", key];
      return { id: `page ${href}`, group: "Pages", title: name, detail: "", icon, keys, deed: { kind: "go", href } };
    }),
    ...INNER,
    ...(seesAll(me) ? OF_ALL : []),
    ...settingsOf(me)
      .filter(({ href }) => href !== "/settings")
      .map(({ href, name, about, icon }) => pageCommand(href, name, about, icon)),
    ...(may("administer") ? [FIND] : []),
    ...alerts.map(alertCommand),
    ...[...instances].sort(worstFirst).map(instanceCommand),
    ...hostCommands(instances),
    ...THEMES.map(({ value, name }): Command => {
      const deed: Deed = { kind: "theme", theme: value };
      const detail = value === "auto" ? "as the system" : "";
      return { id: `theme ${value}`, group: "Actions", title: `${name} theme`, detail, icon: THEME_ICONS[value], deed };
    }),
    {
      id: "keys",
      group: "Actions",
      title: "All keys",
      detail: "",
      icon: "keyboard",
      keys: ["?"],
      deed: { kind: "keys" },
    },
    // Whom a proxy names is back with the next request.
    ...(me?.via === "session" ? [SIGN_OUT] : []),
    ...(may("respond") ? instances.filter(({ enabled, id }) => enabled && id !== openId).map(runCommand) : []),
    ...(may("administer") ? catalogue.filter(({ broken }) => broken === null).map(addCommand) : []),
  ];
}

/** At most `limit`, best first; groups stand together, ordered by their best. An empty query shows the first of each group. */
export function findCommands(commands: readonly Command[], query: string, limit: number): Found[] {
  if (query.trim() === "") return firstOfEach(commands).slice(0, limit);
  const found = commands.flatMap((command) => {
    const inTitle = fuzzyMatch(query, command.title);
    if (inTitle) return { ...command, marks: inTitle.marks, score: inTitle.score + 1 };
    const inAll = fuzzyMatch(query, `${command.title} ${command.detail}`);
    return inAll
      ? { ...command, marks: inAll.marks.filter((at) => at < command.title.length), score: inAll.score }
      : [];
  });
  found.sort((a, b) => b.score - a.score);
  const best = found.slice(0, limit);
  const groups = [...new Set(best.map(({ group }) => group))];
  return groups.flatMap((group) => best.filter((command) => command.group === group));
}

const SHOWN_OF_GROUP: Readonly<Record<CommandGroup, number>> = {
  Actions: 4,
  Pages: 12,
  Alerts: 3,
  Instances: 6,
  Hosts: 3,
  Add: 0,
};

function firstOfEach(commands: readonly Command[]): Found[] {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return groups.flatMap((group) =>
    commands
      .filter((command) => command.group === group)
      .slice(0, SHOWN_OF_GROUP[group])
      .map((command) => ({ ...command, marks: [] })),
  );
}

const SEVERITY = { failing: 0, degraded: 1, unknown: 2, healthy: 3 } as const;
const worstFirst = (a: InstanceSummary, b: InstanceSummary) => SEVERITY[a.status.health] - SEVERITY[b.status.health];

function pageCommand(href: string, title: string, detail: string, icon: IconName): Command {
  return { id: `page ${href}`, group: "Pages", title, detail, icon, deed: { kind: "go", href } };
}

function alertCommand(alert: OpenAlert): Command {
  const { id, severity, phase, ruleName, instanceName, host } = alert;
  return {
    id: `alert ${id}`,
    group: "Alerts",
    title: summaryText(alert),
    detail: [phase, ruleName, instanceName, host === instanceName ? null : host].filter(Boolean).join(" · "),
    icon: "alerts",
    tone: phase === "firing" ? TONE_OF[severity] : "unknown",
    deed: { kind: "go", href: `/alerts/${id}` },
  };
}

function instanceCommand(instance: InstanceSummary): Command {
  const { title, about } = titleOf(instance);
  return {
    id: `instance ${instance.id}`,
    group: "Instances",
    title,
    detail: about,
    icon: isIconName(instance.category) ? instance.category : "instances",
    tone: STATE_TONE[stateOf(instance)],
    deed: { kind: "go", href: `/instances/${instance.id}` },
  };
}

/** A host is opened where its machine is watched. */
function hostCommands(instances: readonly InstanceSummary[]): Command[] {
  const hosts = new Map<string, InstanceSummary>();
  for (const instance of instances) {
    if (!hosts.has(instance.host) || instance.plugin === "system-info") hosts.set(instance.host, instance);
  }
  return [...hosts].map(([host, { id }]) => ({
    id: `host ${host}`,
    group: "Hosts",
    title: host,
    detail: "",
    icon: "host",
    deed: { kind: "go", href: `/instances/${id}` },
  }));
}

function runCommand(instance: InstanceSummary): Command {
  const { title, about } = titleOf(instance);
  return {
    id: `run ${instance.id}`,
    group: "Actions",
    title: `Run now: ${title}`,
    detail: about,
    icon: "play",
    deed: { kind: "run", id: instance.id, name: title },
  };
}

const addCommand = ({ id, name, summary, category }: CatalogueEntry): Command => ({
  id: `add ${id}`,
  group: "Add",
  title: `Add ${name}`,
  detail: summary,
  icon: isIconName(category) ? category : "plus",
  deed: { kind: "go", href: `/catalogue/${id}` },
});
