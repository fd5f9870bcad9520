import type { JournalPlace, TailPlace } from "../sdk";

/** Failed logins of one minute that are alike. */
export interface Failure {
  /** Since 1970. */
  readonly minute: number;
  readonly service: string;
  /** An address, or "" when it came from this machine or is not known. */
  readonly source: string;
  readonly user: string;
  count: number;
}
export interface Shown {
  readonly at: number;
  readonly service: string;
  readonly result: string;
  readonly user: string;
  readonly source: string;
}

/** A total by labels, and whether it was told before: a total is told as 0 first, so that its growth is seen. */
export interface Count {
  readonly labels: readonly string[];
  value: number;
  told: boolean;
}

/** What is known since Unity started. Plain data, kept between runs. */
export interface AuthState {
  readonly places: Record<string, TailPlace>;
  journal: JournalPlace | undefined;
  hasBegun: boolean;
  /** service, result, method. */
  readonly attempts: Count[];
  /** service. */
  readonly invalidUsers: Count[];
  /** user, result. */
  readonly sudo: Count[];
  failures: Failure[];
  /** Connections with an attempt, as address and port, in order: their end is no other attempt. */
  readonly connections: string[];
  /** Addresses somebody logged in from, and when last. */
  readonly known: { readonly source: string; at: number }[];
  newSources: number;
  afterFailures: number;
  rootLogins: number;
  lastEventAt: number | undefined;
  /** The latest, newest last. */
  readonly latest: Shown[];
}

export const createState = (): AuthState => ({
  places: {},
  journal: undefined,
  hasBegun: false,
  attempts: [
    { labels: ["ssh", "failed", "password"], value: 0, told: true },
    { labels: ["ssh", "accepted", "password"], value: 0, told: true },
    { labels: ["ssh", "accepted", "publickey"], value: 0, told: true },
  ],
  invalidUsers: [{ labels: ["ssh"], value: 0, told: true }],
  sudo: [],
  failures: [],
  connections: [],
  known: [],
  newSources: 0,
  afterFailures: 0,
  rootLogins: 0,
  lastEventAt: undefined,
  latest: [],
});
