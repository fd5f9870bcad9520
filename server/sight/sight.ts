import type { Alerts } from "../alerts/alerts";
import type { Muting } from "../alerts/muted";
import type { ParentBook } from "../alerts/parent-book";
import type { RuleBook } from "../alerts/rule-book";
import type { SilenceBook } from "../alerts/silence-book";
import type { Assist } from "../assist/assist";
import type { Clock } from "../clock";
import type { Cluster } from "../cluster/cluster";
import type { Instance } from "../collect/instance";
import type { Instances } from "../collect/instances";
import type { Ledger } from "../collect/ledger";
import type { Registry } from "../collect/registry";
import type { Status } from "../collect/status";
import type { SeenDescribe } from "../describe/describe";
import type { Bus } from "../metrics/bus";
import type { RateBook } from "../metrics/rates";
import type { SeriesIndex } from "../metrics/series";
import type { MetricStore } from "../metrics/store";

/** What can be narrowed to some instances, and nothing else: whoever describes by these parts cannot give others away. */
export interface SightParts {
  readonly registry: Registry;
  readonly clock: Clock;
  /** The machine Unity runs on; "" where nothing that is seen is on it. */
  readonly localHost: string;
  readonly instances: Pick<Instances, "list" | "get" | "require">;
  readonly ledger: Pick<Ledger, "status" | "strip" | "runs" | "failedRuns" | "inventory">;
  readonly series: Pick<SeriesIndex, "ofInstance" | "get">;
  readonly store: Pick<MetricStore, "latest" | "range" | "top">;
  readonly rates: Pick<RateBook, "total">;
  readonly cluster: Pick<Cluster, "holds">;
  readonly alerts: Pick<
    Alerts,
    "effective" | "open" | "standing" | "history" | "acknowledge" | "unacknowledge" | "snooze" | "note" | "resolve"
  > & { readonly book: Pick<RuleBook, "rules" | "require" | "overrides"> };
  readonly muting: Pick<Muting, "mutedBy" | "mutedAmong" | "pausedBy"> & {
    readonly silences: Pick<SilenceBook, "all">;
    readonly parents: Pick<ParentBook, "get">;
  };
}

/**
 * Unity as a visitor sees it: what procedures are handed that anybody may call. Of those who see only some tags it holds those instances
 * alone; for all others it is Unity itself.
 */
export interface Sight extends SightParts {
  readonly describe: SeenDescribe;
  readonly assist: Assist;
  readonly bus: Pick<Bus<Status>, "listen">;
  /** As Unity's. */
  runNow(instance: Instance): boolean;
}
