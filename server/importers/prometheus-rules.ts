import { z } from "zod";
import { type Part, RuleDraft } from "../alerts/shapes/rule";
import { createDraft, type Mapped } from "./draft";

/** Alerting rules of Prometheus that compare one metric with a number. Everything else is told, and not guessed. */

/** Nobody writes longer ones, and they are looked through more than once. */
const LONGEST = 4_000;
const word = z.union([z.string(), z.number(), z.boolean()]).transform((text) => String(text).slice(0, LONGEST));
const words = z.record(z.string(), word).default({});
const PromRule = z.object({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.union([z.string(), z.number()]).transform((text) => String(text).slice(0, LONGEST)),
  for: z.string().optional(),
  keep_firing_for: z.string().optional(),
  labels: words,
  annotations: words,
});
const File = z.object({
  groups: z.array(z.object({ name: z.string(), rules: z.array(PromRule).max(2_000).default([]) })).max(500),
});

const SEVERITIES: Readonly<Record<string, "info" | "warning" | "critical">> = {
  ...{ info: "info", information: "info", none: "info", warning: "warning", warn: "warning", ticket: "warning" },
  ...{ critical: "critical", error: "critical", page: "critical", high: "critical", disaster: "critical" },
};

/** @throws ZodError for what is no file of rules */
export function mapPrometheusRules(given: unknown): Mapped {
  const draft = createDraft();
  for (const group of File.parse(given).groups)
    for (const rule of group.rules) {
      const name = rule.alert ?? rule.record ?? "";
      const say = (left: readonly string[], became: readonly string[] = []) =>
        draft.line({ what: `rule of ${group.name}`, name, became, left });
      if (rule.alert === undefined) say(["It records a series, and alerts of nothing."]);
      else {
        const read = readExpression(rule.expr);
        if ("why" in read) say([`${read.why}: ${rule.expr.replace(/\s+/g, " ").slice(0, 300)}`]);
        else {
          const made = makeRule(rule, read.part);
          if (made.success) say([...read.left, ...leftOf(rule)], [draft.rule(made.data)]);
          else say([`Unity's rules do not take it: ${made.error.issues[0]?.message ?? ""}`]);
        }
      }
    }
  return draft.done();
}

type PromRule = z.output<typeof PromRule>;

function makeRule(rule: PromRule, part: Part) {
  const { severity, ...labels } = rule.labels;
  const { summary, description, runbook_url: runbook = "" } = rule.annotations;
  return RuleDraft.safeParse({
    name: (rule.alert ?? "").slice(0, 100),
    scope: { kind: "all" },
    parts: [part],
    forSeconds: secondsOf(rule.for) ?? 0,
    keepFiringSeconds: secondsOf(rule.keep_firing_for) ?? 0,
    severity: SEVERITIES[severity?.toLowerCase() ?? ""] ?? "warning",
    summary: fill(summary ?? description ?? rule.alert ?? "").slice(0, 1_000),
    note: summary === undefined ? "" : fill(description ?? "").slice(0, 10_000),
    runbook: /^https?:\/\//.test(runbook) ? runbook : "",
    labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, value.slice(0, 191)])),
  });
}

/** `{{ $labels.instance }}` as `{{instance}}`; what computes is left out. */
const fill = (template: string) =>
  template
    .replace(/\{\{-?\s*\$labels\.(\w+)\s*-?\}\}/g, "{{$1}}")
    .replace(/\{\{-?\s*(?:printf\s+"[^"]*"\s+)?\$value(?:\s*\|[^}]*)?\s*-?\}\}/g, "{{value}}")
    .replace(/\{\{[^}]*[\s$|.][^}]*\}\}/g, "…")
    .trim() || "{{instance}}";

function leftOf({ labels, annotations }: PromRule): string[] {
  const severity = labels.severity?.toLowerCase() ?? "";
  const lost = Object.keys(annotations).filter((name) => !["summary", "description", "runbook_url"].includes(name));
  return [
    ...(Object.hasOwn(SEVERITIES, severity) ? [] : [`Its severity "${severity}" is a warning here.`]),
    ...(lost.length > 0 ? [`Its annotations ${lost.join(", ")}.`] : []),
  ];
}

const METRIC = "[A-Za-z_:][A-Za-z0-9_:]*";
const SELECTOR = `(${METRIC})\\s*(?:\\{([^{}]*)\\})?`;
const NUMBER = "([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?)";
const OVER: Readonly<Record<string, string>> = {
  rate: "rate",
  increase: "increase",
  changes: "changes",
  avg_over_time: "avg",
  max_over_time: "max",
  min_over_time: "min",
  sum_over_time: "sum",
};
const COMPARED = new RegExp(`^${SELECTOR}\\s*(==|!=|<=|>=|<|>)\\s*${NUMBER}$`, "i");
const OVER_TIME = new RegExp(
  `^(${Object.keys(OVER).join("|")})\\s*\\(\\s*${SELECTOR}\\s*\\[([0-9a-z]+)\\]\\s*\\)\\s*(==|!=|<=|>=|<|>)\\s*${NUMBER}$`,
  "i",
);
const ABSENT = new RegExp(`^absent\\s*\\(\\s*${SELECTOR}\\s*\\)(?:\\s*==\\s*1)?$`);
const UP = /^up\s*(?:\{([^{}]*)\})?\s*(?:==\s*0|!=\s*1|<\s*1)$/;
const IS: Readonly<Record<string, "above" | "below" | "equal" | "unequal">> = {
  ...{ ">": "above", ">=": "above", "<": "below", "<=": "below", "==": "equal", "!=": "unequal" },
};
/** So long a series of Prometheus is gone before `absent` says so. */
const STALE_SECONDS = 300;

type Read = { readonly part: Part; readonly left: readonly string[] } | { readonly why: string };

/** Whitespace, line ends and brackets around the whole make no difference. */
export function readExpression(expression: string): Read {
  const text = strip(
    expression
      .replace(/#[^\n"]*(\n|$)/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
  const up = UP.exec(text);
  if (up)
    return {
      part: { kind: "failing", runs: 2 },
      left: up[1] ? ["Which targets: it is about every instance; choose a scope."] : [],
    };
  const absent = ABSENT.exec(text);
  if (absent) return make({ kind: "absent", metric: absent[1] ?? "", seconds: STALE_SECONDS }, absent[2], []);
  const over = OVER_TIME.exec(text);
  if (over) {
    const [, name = "", metric = "", labels, window, op = "", number] = over;
    const seconds = secondsOf(window);
    if (seconds === undefined || seconds < 1) return { why: "Its window is no time that Unity reads" };
    const take = { kind: OVER[name.toLowerCase()], seconds };
    return make({ kind: "value", metric, take, is: IS[op], limit: Number(number) }, labels, inclusive(op));
  }
  const plain = COMPARED.exec(text);
  if (!plain) return { why: "It is no comparison of one metric with a number" };
  const [, metric = "", labels, op = "", number] = plain;
  return make({ kind: "value", metric, is: IS[op], limit: Number(number) }, labels, inclusive(op));
}

/** Brackets around all of it. */
function strip(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (let index = 0; index < text.length - 1; index++) {
    if (text[index] === "(") depth += 1;
    if (text[index] === ")") depth -= 1;
    if (depth === 0) return text;
  }
  return strip(text.slice(1, -1).trim());
}

const inclusive = (op: string) =>
  op === ">=" || op === "<=" ? [`It says ${op}: here the limit itself is not beyond it.`] : [];

function make(part: Readonly<Record<string, unknown>>, labels: string | undefined, left: readonly string[]): Read {
  const where = readMatchers(labels ?? "");
  if (where === undefined) return { why: "Its labels are matched by an expression that Unity does not read" };
  const parsed = RuleDraft.shape.parts.element.safeParse({ ...part, where });
  return parsed.success ? { part: parsed.data, left } : { why: "Unity's rules do not take it" };
}

/** @returns undefined for what is not understood */
function readMatchers(text: string): { label: string; op: string; value: string }[] | undefined {
  const found: { label: string; op: string; value: string }[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const [whole, label = "", op = "", value = ""] =
      /^([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*(?:,\s*|$)/.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    rest = rest.slice(whole.length);
    const plain = value.replace(/\\(.)/g, "$1");
    if (op === "=" || op === "!=") found.push({ label, op: op === "=" ? "is" : "is_not", value: plain });
    else {
      const glob = globOf(plain);
      if (glob === undefined) return undefined;
      found.push({ label, op: op === "=~" ? "like" : "unlike", value: glob });
    }
  }
  return found;
}

/** Of an expression that has nothing but `.*`: `**` stands for anything. */
function globOf(expression: string): string | undefined {
  const pieces = expression.split(/\.[*+]/);
  if (pieces.some((piece) => /[\\^$.|?*+()[\]{}]/.test(piece))) return undefined;
  return pieces.join("**");
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** `1h30m`, as Prometheus writes durations. */
function secondsOf(duration: string | undefined): number | undefined {
  const parts = [...(duration ?? "").matchAll(/(\d+)(ms|s|m|h|d|w|y)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== duration) return undefined;
  return Math.round(parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0));
}
