import type { z } from "zod";
import type { Inventory, Plugin } from "../../plugins/sdk/plugin";
import type { BacktestQuestion } from "../alerts/backtest/backtest";
import type { HistoryQuery } from "../alerts/book";
import type { Alert } from "../alerts/shapes/alert";
import type { Scope } from "../alerts/shapes/rule";
import type { Kept } from "../alerts/silence-book";
import type { Found } from "../collect/discovery/discovery";
import type { Proposal } from "../collect/discovery/proposal";
import type { Instance } from "../collect/instance";
import type { RetentionSettings } from "../retention/settings";
import type { SightParts } from "../sight/sight";
import type { PreviewInput } from "../trpc/rule-outputs";
import type { Unity } from "../unity";
import { describeAbout } from "./about";
import { describeAlertDetail } from "./alert-detail";
import { createTakes, describeAlert, describeBacktest, describeEvent, describeOpenAlerts } from "./alerts";
import { describeAttention } from "./attention";
import { createAudited } from "./audited";
import { describeBackups } from "./backups";
import { describeCatalogue, describePlugin, describeRules } from "./catalogue";
import { describeChannel, describeChannelKind } from "./channels";
import { describeDryRun } from "./dry-run";
import { exposePage } from "./exposed-series";
import type { ExpositionFormat } from "./exposition";
import { describeFound, describeProposal } from "./found";
import { describeInstance, describeInstanceDetail, describeInventory } from "./instance";
import { createOutlook, type Outlook } from "./outlook";
import { describeOverview } from "./overview";
import { describeOwnHealth } from "./own-health";
import { describePastAlerts, type PastQuery } from "./past-alerts";
import { createPastHour } from "./past-hour";
import { describeRange, type Selection, selectSeries } from "./range";
import { describeLabelValues, describeMeasured, describePreview, describeRule, describeRuleList } from "./rules";
import { describeSilence, describeSilencePreview, describeSilences } from "./silences";
import { describeHealth, describePlan, describeStorage } from "./storage";

/** Nothing else is told to those who see only some instances. */
function describeSeen(parts: SightParts, outlook: () => readonly Outlook[]) {
  const pastHour = createPastHour(parts.store);
  return {
    alert: (alert: Alert) => describeAlert(parts, alert),
    openAlerts: () => describeOpenAlerts(parts),
    alertHistory: async (query: HistoryQuery) => {
      const take = createTakes(parts);
      return (await parts.alerts.history(query)).map((event) => describeEvent(parts, event, take));
    },
    alertDetail: (id: string) => describeAlertDetail(parts, id),
    pastAlerts: (query: PastQuery) => describePastAlerts(parts, query),
    ruleList: () => describeRuleList(parts),
    rule: (id: string) => describeRule(parts, id),
    silences: () => describeSilences(parts),
    attention: () => describeAttention(parts),
    overview: () => describeOverview(parts, { outlook: outlook(), pastHour }),
    catalogue: () => describeCatalogue(parts),
    plugin: (plugin: Plugin) => describePlugin(parts, plugin),
    instance: (instance: Instance) => describeInstance(parts, instance),
    instanceDetail: (instance: Instance) => describeInstanceDetail(parts, instance),
    inventory: (snapshot: Inventory, at: number) => describeInventory(snapshot, at),
    rules: (instance: Instance) => {
      const plugin = parts.registry.get(instance.plugin);
      return plugin ? describeRules(plugin, instance) : [];
    },
    select: (selection: Selection) => selectSeries(parts, selection),
    range: (selection: Selection, window: Parameters<typeof describeRange>[2]) =>
      describeRange(parts, selection, window),
    /** For Prometheus: the latest of everything, in pieces. */
    exposition: (format: ExpositionFormat) => exposePage(parts, format, []),
  };
}
export type SeenDescribe = ReturnType<typeof describeSeen>;

/** What Unity knows, in the shapes that pages and clients get: read only, secrets masked. */
export function createDescribe(
  parts: Omit<Unity, "describe" | "assist" | "seenBy" | "start" | "take" | "letGo" | "runNow" | "stop">,
) {
  const outlook = createOutlook(parts);
  return {
    ...describeSeen(parts, outlook),
    /** The same of some instances only. */
    of: (sight: SightParts) => describeSeen(sight, outlook),
    /** And how Unity itself does. */
    exposition: (format: ExpositionFormat) => exposePage(parts, format, describeOwnHealth(parts)),
    storage: () => describeStorage(parts),
    storagePlan: (settings: RetentionSettings) => describePlan(parts, settings),
    health: () => describeHealth(parts),
    about: () => describeAbout(parts),
    backups: () => describeBackups(parts),
    backtest: async (question: BacktestQuestion, stop: AbortSignal) =>
      describeBacktest(parts, await parts.backtest(question, stop), question.rule),
    measured: (scope: Scope) => describeMeasured(parts, scope),
    labelValues: (wanted: { scope: Scope; metric: string }) => describeLabelValues(parts, wanted),
    preview: (input: z.output<typeof PreviewInput>) => describePreview(parts, input),
    silence: (kept: Kept) => describeSilence(parts, kept),
    silencePreview: (asked: Parameters<typeof describeSilencePreview>[1]) => describeSilencePreview(parts, asked),
    channelKinds: () => parts.channels.kinds.map(describeChannelKind),
    channel: describeChannel,
    /** What deeds are done to, for the audit log. */
    audited: createAudited(parts),
    found: (found: Found) => describeFound(parts, found),
    proposal: (proposal: Proposal) => describeProposal(parts, proposal),
    dryRun: (plugin: Plugin, draft: Instance, stop?: AbortSignal) => describeDryRun(parts, plugin, draft, stop),
  };
}
export type Describe = ReturnType<typeof createDescribe>;
