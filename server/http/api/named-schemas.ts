import type { z } from "zod";
import { ChannelDraft } from "../../alerts/shapes/channel";
import { OverrideDraft } from "../../alerts/shapes/override";
import { NotifySettings, RouteDraft } from "../../alerts/shapes/route";
import { Matcher, Part, RuleDraft } from "../../alerts/shapes/rule";
import { MutedBy, SilenceDraft, SilenceMatcher, SilenceWhen } from "../../alerts/shapes/silence";
import { AlertAnalysis } from "../../assist/shapes/alert-analysis";
import { Bundle } from "../../assist/shapes/bundle";
import { MetricDocument } from "../../assist/shapes/metric-document";
import { QueryContext } from "../../assist/shapes/query-context";
import { RetentionSettings } from "../../retention/settings";
import { About } from "../../trpc/about-outputs";
import { Me, PersonView } from "../../trpc/account-outputs";
import { AlertDetail } from "../../trpc/alert-detail-outputs";
import {
  Attention,
  BacktestView,
  EffectiveRule,
  ImportReport,
  OpenAlert,
  OverrideView,
  PastAlert,
  RuleView,
  TimelineEvent,
} from "../../trpc/alert-outputs";
import { Backups } from "../../trpc/backup-outputs";
import { ChannelKind, ChannelTest, ChannelView } from "../../trpc/channel-outputs";
import { Found, Proposal } from "../../trpc/discovery-outputs";
import { DeliveryView, RouteView, SettingsView } from "../../trpc/notification-outputs";
import {
  CatalogueEntry,
  InstanceDetail,
  InstanceSummary,
  Inventory,
  MetricInfo,
  Overview,
  PluginDetail,
  Range,
  Rule,
  Run,
  SeriesInfo,
  TestResult,
} from "../../trpc/outputs";
import { MeasuredMetric, RuleAbout, RulePreview, RuleSummary } from "../../trpc/rule-outputs";
import { SilencePreview, SilenceView } from "../../trpc/silence-outputs";
import { RetentionState, Storage, StoragePlan, StoreHealth } from "../../trpc/storage-outputs";
import { OwnedToken } from "../../trpc/token-outputs";

/** What clients call what they are answered with. A name is public; what has none is written out where it stands. */
export const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  ...{ About, Backups, Me, Person: PersonView, Token: OwnedToken },
  ...{ Instance: InstanceSummary, InstanceDetail, Inventory, Run, TestResult, Overview },
  ...{ Plugin: CatalogueEntry, PluginDetail, Metric: MetricInfo, DefaultRule: Rule },
  ...{ Series: SeriesInfo, Range },
  ...{ Alert: OpenAlert, AlertDetail, PastAlert, AlertEvent: TimelineEvent, Attention, MutedBy },
  ...{ Rule: RuleView, RuleSummary, RuleDetail: RuleAbout, RulePart: Part, RulePreview, Matcher, MeasuredMetric },
  ...{ EffectiveRule, Override: OverrideView, Backtest: BacktestView, ImportReport },
  ...{ AlertAnalysis, Bundle, MetricDocument, QueryContext },
  ...{ Silence: SilenceView, SilenceMatcher, SilenceWhen, SilencePreview },
  ...{ Channel: ChannelView, ChannelKind, ChannelTest },
  ...{
    Delivery: DeliveryView,
    Route: RouteView,
    NotificationState: SettingsView,
    NotificationSettings: NotifySettings,
  },
  ...{ Discovery: Found, Proposal },
  ...{ Storage, StorageHealth: StoreHealth, StoragePlan, Retention: RetentionState },
};

/** And what they send. What has a default need not be there, so that the same schema is another one on the way in. */
export const DRAFTS: Readonly<Record<string, z.ZodType>> = {
  ...{ RuleDraft, RulePartDraft: Part, MatcherDraft: Matcher, OverrideDraft },
  ...{ SilenceDraft, SilenceMatcherDraft: SilenceMatcher, SilenceWhenDraft: SilenceWhen },
  ...{ ChannelDraft, RouteDraft, NotificationSettingsDraft: NotifySettings, RetentionDraft: RetentionSettings },
};
