import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/router";

type Outputs = inferRouterOutputs<AppRouter>;

export type Overview = Outputs["plugins"]["overview"];
export type OverviewHost = Overview["hosts"][number];
export type OverviewInstance = Overview["instances"][number];
export type Figure = Extract<InstanceDetail["board"][number], { type: "meter" }>["figure"];
export type FigureWithSpark = OverviewInstance["figures"][number];
export type CatalogueEntry = Outputs["plugins"]["catalogue"][number];
export type PluginDetail = Outputs["plugins"]["definition"];
export type InstanceSummary = Outputs["plugins"]["instances"][number];
export type InstanceDetail = Outputs["plugins"]["instance"];
export type BoardItem = InstanceDetail["board"][number];
export type MetricInfo = InstanceDetail["metrics"][number];
export type SeriesInfo = InstanceDetail["series"][number];
export type Status = InstanceDetail["status"];
export type Run = Outputs["plugins"]["runs"][number];
export type Inventory = NonNullable<Outputs["plugins"]["inventory"]>;
export type TestResult = Outputs["plugins"]["test"];
export type Rule = Outputs["alerts"]["rules"][number];
export type About = Outputs["system"]["about"];
export type Storage = Outputs["storage"]["overview"];
export type Stored = Extract<Storage["stored"], { answers: true }>;
export type StoragePlan = Outputs["storage"]["plan"];
export type RetentionState = Outputs["storage"]["keep"];
export type StoreHealth = Outputs["storage"]["health"];
export type Attention = Outputs["alerts"]["attention"];
export type Range = Outputs["metrics"]["range"];

/** What the live stream brings. */
export interface LiveMessage {
  readonly at: number;
  readonly series: number[];
  readonly times: number[];
  readonly values: number[];
  readonly statuses: Status[];
  readonly changed: boolean;
}
