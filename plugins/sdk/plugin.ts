import type { z } from "zod";
import type { BoardItem } from "./board";
import type { CollectContext } from "./context";
import type { Reason } from "./errors";
import type { Trace } from "./trace";
import type { Unit } from "./units";

export const CATEGORIES = [
  "system",
  "storage",
  "network",
  "container",
  "database",
  "application",
  "security",
  "media",
  "power",
  "thermal",
  "hardware",
  "iot",
] as const;
export type Category = (typeof CATEGORIES)[number];

/**
 * One metric. Its name, unit and labels are public: changing one breaks dashboards and rules.
 *
 * - `gauge`: a value as it is.
 * - `counter`: an ever-growing total, reported raw; Unity stores its per-second rate and knows a reset when it drops.
 * - `share`: two growing totals `{ part, whole }`; Unity stores how much of the whole the part was since the last run.
 * - `info`: facts carried by labels, value 1; shown as facts, not charted.
 */
export interface MetricSpec {
  readonly kind: "gauge" | "counter" | "share" | "info";
  readonly unit: Unit;
  readonly description: string;
  readonly labels?: readonly string[];
  /** Reported only this often, for what is costly to read; staleness follows it. Seconds. */
  readonly everySeconds?: number;
  /** Readings outside are refused as absurd. */
  readonly min?: number;
  readonly max?: number;
}
export type Metrics = Readonly<Record<string, MetricSpec>>;

export interface Share {
  readonly part: number;
  readonly whole: number;
}
export type Labels = Readonly<Record<string, string>>;

type LabelsOf<S> = S extends { readonly labels: readonly (infer L extends string)[] }
  ? Readonly<Record<L, string>>
  : never;
type ValueOf<S> = S extends { readonly kind: "share" } ? Share : number;

/** What an instance is, beside its numbers: facts by name, and lists of rows. The latest snapshot is kept. */
export interface Inventory {
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly lists?: Readonly<Record<string, readonly Readonly<Record<string, string | number | boolean | null>>[]>>;
}

/** Records one reading; the compiler knows every metric's name, value and labels. What was read before a failure is kept. */
export interface Report<M extends Metrics = Metrics> {
  <K extends keyof M & string>(
    metric: K,
    value: ValueOf<M[K]>,
    ...labels: M[K] extends { readonly labels: readonly string[] } ? [labels: LabelsOf<M[K]>] : []
  ): void;
  /** A metric that somebody else named, and that `metricOf` knows. Its labels may be any. */
  found(metric: string, value: number, labels?: Labels): void;
  /** Replaces the instance's structured snapshot. */
  inventory(snapshot: Inventory): void;
  /** Says that a part could not be read while the rest is good: the instance is degraded, not failing. */
  partial(reason: Reason, message: string): void;
}

/** What somebody who pushes calls a series. */
export interface PushedName {
  readonly name: string;
  readonly labels: Labels;
  /**
   * What the sender says of it: a value as it is; a total that only grows; `named`: nothing, but its names follow Prometheus' conventions;
   * `plain`: nothing at all.
   */
  readonly kind: "gauge" | "total" | "named" | "plain";
}

/** A fixed number, or another metric of the same instance and labels times a factor. */
export type Threshold<K extends string = string> = number | { readonly metric: K; readonly times?: number };
export type Condition<K extends string = string> =
  | { readonly above: Threshold<K> }
  | { readonly below: Threshold<K> }
  | { readonly equals: number };

/** A default rule: becomes a rule of every instance of the plugin. */
export interface AlertSpec<K extends string = string, C = unknown> {
  readonly id: string;
  readonly metric: K;
  readonly when: Condition<K> | ((config: C) => Condition<K>);
  /** Only series whose labels have these values. */
  readonly where?: Labels;
  /** Compares a change over a window instead of the value: its increase, the number of changes, or where it is heading. */
  readonly over?:
    | { readonly increaseSeconds: number }
    | { readonly changesSeconds: number }
    | { readonly forecastSeconds: number };
  /** How long the condition must hold before it fires. Seconds, default 0. */
  readonly forSeconds?: number;
  readonly severity: "info" | "warning" | "critical";
  /** While it fires of every item, what the instance watches is down: nobody is told of what people hung on the instance. Critical only. */
  readonly down?: true;
  /** One sentence; `{{label}}`, `{{instance}}` and `{{value}}` are filled in. */
  readonly summary: string;
}

/** A plugin: what can be collected and how. Everything Unity shows and stores about it comes from this definition. */
export interface Plugin<C extends z.ZodObject = z.ZodObject, M extends Metrics = Metrics> {
  /** The name of its folder. */
  readonly id: string;
  readonly name: string;
  /** One sentence for the catalogue. */
  readonly summary: string;
  readonly category: Category;
  /** 1 essential, 2 quality of life, 3 power user, 0 foundation. */
  readonly tier: 0 | 1 | 2 | 3;
  /** `host` reads the machine it runs on; `network` talks to an address. */
  readonly kind: "host" | "network";
  /** What must be there: a tool with its package, a permission, an account. Shown in the catalogue. */
  readonly needs?: readonly string[];
  readonly intervalSeconds: number;
  /** Floor of the interval, for costly collections. Seconds, default 5. */
  readonly minIntervalSeconds?: number;
  /** The whole collection ends here. Default 10,000. */
  readonly timeoutMs?: number;
  /** Added to this machine on first run. */
  readonly autostart?: boolean;
  readonly config: C;
  readonly metrics: M;
  /**
   * What a name means that `metrics` does not have, for plugins that hand on what others measure; undefined: nothing. It looks at the name
   * alone, and always says the same of it: what is stored has a unit also while nobody answers. A counter's name ends in `_total`, and no
   * other's. Its `labels` are not used.
   */
  readonly metricOf?: (name: string) => MetricSpec | undefined;
  /**
   * Makes it a plugin that is told instead of asking: programs push what they measure, and this says under which metric (of `metricOf`) and
   * labels each series is kept; undefined: it is not wanted. It looks at nothing else and always says the same, so that a series stays one.
   * `collect` then takes stock of what came (`context.received`), asks nobody, and fails when nothing does.
   */
  readonly receive?: (
    pushed: PushedName,
    config: z.output<C>,
  ) => { readonly metric: string; readonly labels: Labels } | undefined;
  readonly alerts: readonly AlertSpec<keyof M & string, z.output<C>>[];
  /** What the instance page and the cards show first; the first two meters or figures are the headline. */
  readonly board: readonly BoardItem<keyof M & string>[];
  /** One sentence of help for each reason this plugin can fail with; the general one is used otherwise. */
  readonly help?: Partial<Record<Reason, string>>;
  /** How it recognises on this machine what it can watch: "Find services" proposes it. A service is proposed once. */
  readonly discover?: readonly Trace<z.input<C>>[];
  /** The address or path an instance speaks of, for lists: "db.lab:5432". Never a secret. */
  target?(config: z.output<C>): string;
  /** @throws CollectError with a reason of the closed set */
  collect(context: CollectContext<z.output<C>>, report: Report<M>): Promise<void>;
}

/**
 * Gives a definition its types while it is written: metric names, labels and config are checked. Outside, every plugin is
 * of one type. The registry validates it when it loads.
 */
export function definePlugin<C extends z.ZodObject, const M extends Metrics>(plugin: Plugin<C, M>): Plugin {
  // `collect` is only called with a config that the plugin's own schema made, so forgetting the exact types is safe.
  return plugin as unknown as Plugin;
}

export const days = (count: number) => count * 86_400;
export const hours = (count: number) => count * 3_600;
export const minutes = (count: number) => count * 60;
