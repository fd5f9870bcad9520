import { z } from "zod";
import { ruleWords } from "../../components/alerts/rule-words";
import { failureTitle } from "../../components/catalogue/failure-words";
import { formatDuration } from "../../components/format";
import type { Plugin } from "../../plugins/sdk/plugin";
import { DEFAULT_TIMEOUT_MS, intervalFloor } from "../../server/collect/instance";
import { describeRules } from "../../server/describe/catalogue";
import type { ServiceRow } from "../services/manifests.mjs";
import { cell, code, drawTable } from "./markdown";
import { type Field, listOptions } from "./option-rows";

export const TIERS = ["foundation", "essential", "quality of life", "power user"] as const;

/** The page of one plugin: what its definition says, around the part that is written by hand. @param readme its README.md */
export function writePluginPage(plugin: Plugin, readme: string, proofs: readonly ServiceRow[]): string {
  const sections = [
    `<!-- Made from plugins/${plugin.id} by npm run docs:plugins. Change it there. -->`,
    `# ${plugin.name}`,
    plugin.summary,
    factsOf(plugin),
    withoutTitle(readme),
    section("Options", optionsOf(plugin)),
    section("Metrics", metricsOf(plugin)),
    section("Alerts", alertsOf(plugin)),
    section("When it fails", troublesOf(plugin)),
    section("How it is proven", proofsOf(proofs)),
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

const section = (title: string, text: string) => (text === "" ? "" : `## ${title}\n\n${text}`);
const withoutTitle = (readme: string) => readme.replace(/^# .*\n+/, "").trimEnd();
const span = (seconds: number) => {
  const { text, unit } = formatDuration(seconds);
  return unit ? `${text} ${unit}` : text;
};

/** A list, because what a plugin needs may be long. */
function factsOf(plugin: Plugin): string {
  const { category, tier, kind, needs = [], intervalSeconds, timeoutMs = DEFAULT_TIMEOUT_MS } = plugin;
  const every = `${span(intervalSeconds)}, at most every ${span(intervalFloor(plugin))}`;
  return [
    `- **Category**: ${category}, ${TIERS[tier]}`,
    `- **Reads**: ${kind === "host" ? "the machine it runs on" : "an address; any number of instances"}`,
    `- **Runs every** ${every}; given up after ${span(timeoutMs / 1_000)}`,
    ...needs.map((need) => `- **Needs**: ${need.replaceAll("*", "\\*")}`),
  ].join("\n");
}

function optionsOf(plugin: Plugin): string {
  // Of JSON Schema, only the parts that Field names are looked at.
  const form = z.toJSONSchema(plugin.config, { io: "input", unrepresentable: "any" }) as Field;
  const rows = listOptions(form).map(({ path, kind, otherwise, meaning }) => [
    code(path),
    cell(kind),
    otherwise === "required" ? otherwise : code(otherwise),
    cell(meaning),
  ]);
  return rows.length === 0 ? "None." : drawTable(["Option", "Value", "Default", "Meaning"], rows);
}

function metricsOf(plugin: Plugin): string {
  const rows = Object.entries(plugin.metrics).map(([name, { kind, unit, labels = [], description }]) => [
    code(name),
    kind,
    unit,
    labels.map(code).join(", "),
    cell(description),
  ]);
  return drawTable(["Metric", "Kind", "Unit", "Labels", "Meaning"], rows);
}

function alertsOf(plugin: Plugin): string {
  const summaries = new Map(plugin.alerts.map(({ id, summary }) => [id, summary]));
  const rows = describeRules(plugin, undefined).map((rule) => [
    code(rule.id),
    rule.severity,
    cell(ruleWords(rule)),
    cell(summaries.get(rule.id) ?? ""),
  ]);
  const note = "Every instance also alerts when it cannot be read. All thresholds can be changed.";
  return rows.length === 0 ? note : `${drawTable(["Alert", "Severity", "When", "Says"], rows)}\n\n${note}`;
}

function troublesOf({ help = {} }: Plugin): string {
  const rows = Object.entries(help).map(([reason, text]) => [failureTitle(reason), code(reason), cell(text ?? "")]);
  return rows.length === 0 ? "" : drawTable(["Problem", "Reason", "What to do"], rows);
}

const PROOFS: Readonly<Record<string, string>> = {
  real: "tested with the service itself",
  emulator: "tested with something else that speaks its protocol",
  double: "golden cases only",
};

function proofsOf(proofs: readonly ServiceRow[]): string {
  const rows = proofs.map(({ target, proof, because, packages, unpack }) => [
    cell(target),
    PROOFS[proof] ?? proof,
    cell(because || [...packages, ...unpack].map((name) => `Debian's ${name}`).join(", ")),
  ]);
  return rows.length === 0 ? "" : drawTable(["Service", "Proof", ""], rows);
}
