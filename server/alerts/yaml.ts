import { stringify } from "yaml";
import { z } from "zod";
import { type PartShape, type ReadParts, readParts } from "./read-parts";
import { ChannelDraft } from "./shapes/channel";
import { type Override, OverrideDraft } from "./shapes/override";
import { type Route, RouteDraft } from "./shapes/route";
import { type Rule, RuleDraft, ValuePart } from "./shapes/rule";
import { type Silence, SilenceDraft } from "./shapes/silence";

/**
 * What is set about alerts as a file that people read, keep and change: what is as it is anyway is left out. Reading what was written gives
 * the same again.
 */

export const VERSION = 1;

/** Made by hand, a file names none: things are found by what they are then. */
export const Id = z.string().regex(/^[\w-]{1,36}$/, "An id has letters, digits, - and _, at most 36.");
const RouteContent = RouteDraft.omit({ id: true });

interface MayHaveId {
  readonly id?: string | undefined;
}
export type RuleEntry = RuleDraft & MayHaveId;
export type OverrideEntry = OverrideDraft & MayHaveId;
/** Secrets in it are `***`, or what somebody typed into the file. */
export type ChannelEntry = ChannelDraft & MayHaveId;
export type RouteEntry = z.output<typeof RouteContent> & MayHaveId;
export type SilenceEntry = SilenceDraft & MayHaveId;

/** A part that a file does not have is not spoken of; an empty one says that there is nothing. */
export interface AlertFile {
  readonly rules?: readonly RuleEntry[] | undefined;
  readonly overrides?: readonly OverrideEntry[] | undefined;
  readonly channels?: readonly ChannelEntry[] | undefined;
  /** In the order that they are looked at. */
  readonly routes?: readonly RouteEntry[] | undefined;
  readonly silences?: readonly SilenceEntry[] | undefined;
}
export type AlertFilePart = keyof AlertFile;

export interface AlertFileContent {
  readonly rules: readonly Rule[];
  readonly overrides: readonly Override[];
  /** Without their secrets. */
  readonly channels: readonly (ChannelDraft & { readonly id: string })[];
  /** Undefined where nobody made any. */
  readonly routes: readonly Route[] | undefined;
  readonly silences: readonly (SilenceDraft & Pick<Silence, "id">)[];
}

export const printAlerts = (content: AlertFileContent): string =>
  printYaml({ version: VERSION, ...listAlerts(content) });

export const printYaml = (file: object): string => stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });

/** The parts of a file, as they are printed. */
export function listAlerts({ rules, overrides, channels, routes, silences }: AlertFileContent) {
  return {
    rules: rules.map(({ id, origin: _, ...rule }) => ({ id, ...printRule(rule) })),
    overrides: overrides.map(({ id, ...override }) => ({ id, ...without(override, { note: "" }) })),
    channels: channels.map(({ id, kind, name, enabled, config }) => ({
      id,
      ...without({ kind, name, enabled, config }, { enabled: true }),
    })),
    ...(routes ? { routes: routes.map(({ id, ...route }) => ({ id, ...printRoute(route) })) } : {}),
    silences: silences.map(({ id, ...silence }) => ({ id, ...printSilence(silence) })),
  };
}

/** What a rule is without saying so. */
const PLAIN_RULE = RuleDraft.parse({
  name: "x",
  scope: { kind: "all" },
  parts: [{ kind: "failing" }],
  severity: "info",
  summary: "x",
});
const MUST = ["name", "scope", "parts", "severity", "summary"] as const;
const PLAIN_PART = ValuePart.parse({ kind: "value", metric: "x", is: "above", limit: 0 });

function printRule(rule: RuleDraft) {
  const plain = Object.fromEntries(Object.entries(PLAIN_RULE).filter(([key]) => !MUST.some((must) => must === key)));
  const parts = rule.parts.map((part) => {
    if (part.kind === "failing") return part;
    return without({ ...part, where: part.where.map(printMatcher) }, { where: [], take: PLAIN_PART.take });
  });
  // Some databases keep no order of names.
  const labels = Object.fromEntries(Object.entries(rule.labels).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...without({ ...rule, labels }, plain), parts };
}

const printMatcher = <T extends { op: string }>(matcher: T) => without(matcher, { op: "is" });

/** The time zone is always said: what it is by default depends on the machine. */
const { name: _, timeZone: __, ...PLAIN_ROUTE } = RouteContent.parse({ name: "x", timeZone: "UTC" });

function printRoute({ match, ...route }: z.output<typeof RouteContent>) {
  const { name, enabled, ...rest } = without(route, PLAIN_ROUTE);
  const fits = without({ ...match, labels: match.labels.map(printMatcher) }, PLAIN_ROUTE.match);
  const head = { name, ...(enabled === undefined ? {} : { enabled }) };
  return { ...head, ...(Object.keys(fits).length === 0 ? {} : { match: fits }), ...rest };
}

function printSilence({ kind, name, matchers, when, ...rest }: SilenceDraft) {
  const instants = Object.fromEntries(
    (["from", "to"] as const).flatMap((end) => (when[end] === undefined ? [] : [[end, printInstant(when[end])]])),
  );
  return {
    ...{ kind, name, matchers: matchers.map(printMatcher), when: { ...when, ...instants } },
    ...without(rest, { note: "", pausesCollection: false }),
  };
}

const printInstant = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");

const Instant = z.iso.datetime({ offset: true });
/** Nobody reads epoch milliseconds. */
const SilenceContent = z.preprocess((given, context) => {
  if (!isRecord(given) || !isRecord(given.when)) return given;
  const when: Record<string, unknown> = { ...given.when };
  for (const end of ["from", "to"]) {
    const text = when[end];
    if (typeof text !== "string") continue;
    const at = Instant.safeParse(text).success ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(at))
      context.addIssue({
        code: "custom",
        path: ["when", end],
        message: "Write it as 2027-01-31T18:00:00Z or 2027-01-31T18:00:00+01:00.",
      });
    else when[end] = at;
  }
  return { ...given, when };
}, SilenceDraft);

/** What is as it is anyway is left out. */
export function without<T extends object>(value: T, plain: Readonly<Record<string, unknown>>): Partial<T> {
  const kept = Object.entries(value).filter(
    ([key, one]) => one !== undefined && !(key in plain && JSON.stringify(one) === JSON.stringify(plain[key])),
  );
  return Object.fromEntries(kept) as Partial<T>;
}

/** By the names of a file's parts. */
export const ALERT_PARTS: Readonly<Record<AlertFilePart, PartShape>> = {
  rules: { id: Id, content: RuleDraft, most: 2_000 },
  overrides: { id: Id, content: OverrideDraft, most: 5_000 },
  channels: { id: Id, content: ChannelDraft, most: 100 },
  routes: { id: z.string().max(64), content: RouteContent, most: 100 },
  silences: { id: Id, content: SilenceContent, most: 1_000 },
};

export interface ParsedFile {
  readonly file: AlertFile;
  /** An error about one entry. */
  readonly refuse: ReadParts["refuse"];
}

/** @throws UnityError `invalid` saying where */
export function parseAlerts(text: string): ParsedFile {
  const { parts, refuse } = readParts(text, { version: VERSION, shapes: ALERT_PARTS });
  return { file: parts as AlertFile, refuse }; // Each part was read by its own schema.
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
