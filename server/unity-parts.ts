import type { AccountSettings } from "./auth/accounts";
import type { Clock } from "./clock";
import type { Cluster } from "./cluster/cluster";
import type { Guard } from "./collect/doors/guard";
import type { Registry } from "./collect/registry";
import type { OpenDoors } from "./collect/run";
import type { Connection } from "./db/database";
import type { Log } from "./log";
import type { MetricStore } from "./metrics/store";
import type { Timescale } from "./metrics/timescale/detect";
import type { Secrets } from "./vault/secret-reader";

/** What Unity is wired of. */
export interface UnityParts {
  readonly connection: Connection;
  readonly store: MetricStore;
  readonly registry: Registry;
  readonly openDoors: OpenDoors;
  /** Where channels and the heartbeat may connect to; without it, as strictly as can be. */
  readonly guard?: Guard;
  /** Encrypts what is stored, and knows what references stand for. */
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly localHost: string;
  /** Where the data lies, for people: a file, or a server without the password. */
  readonly database: string;
  /** What the server has of TimescaleDB, where it was looked for. */
  readonly timescale?: Timescale | null;
  /** Where samples are, when not in the database: a server without the password. */
  readonly samplesShown?: string | undefined;
  /** Where executables lie that channels may run; without it, none may be. */
  readonly scriptsFolder?: string | undefined;
  /** Other processes on the same database; without it there are none. */
  readonly cluster?: Cluster;
  /** Files of the configuration that are applied; without a folder there are none. */
  readonly provision?: { readonly folder: string | undefined; readonly prunes: boolean };
  /** Who may come in beside those with a password. */
  readonly accounts?: AccountSettings;
  /** Assistants may do what a token that may respond may; else they only read. */
  readonly assistantsMayAct?: boolean;
  /** How long what is known of runs waits to be written. */
  readonly flushMs?: number;
}
