import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export type Context = CollectContext<Config>;
export type Reported = Report<typeof metrics>;
