import type { CollectContext, Inventory, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { AskDns } from "./open-dns";

export type Context = CollectContext<Config>;
export type Reported = Report<typeof metrics>;

/** Reads one kind of server and reports its numbers. @returns what goes into the snapshot. @throws CollectError */
export type ReadSource = (context: Context, report: Reported, askDns: AskDns) => Promise<Inventory>;
