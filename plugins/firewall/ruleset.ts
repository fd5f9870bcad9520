export const VERDICTS = ["accept", "drop", "reject"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Amount {
  packets: number;
  bytes: number;
}
export interface Chain {
  /** Family, table and chain: "inet filter input". */
  readonly name: string;
  readonly policy: Verdict | undefined;
  /** Where packets from outside enter it; a chain that only others jump to has no hook. */
  readonly filtersIncoming: boolean;
  readonly rules: number;
  /** Of rules with a counter, by what they do. */
  readonly amounts: ReadonlyMap<Verdict, Amount>;
}
export interface Ruleset {
  readonly tool: string;
  readonly version: string;
  readonly chains: readonly Chain[];
  readonly counters: readonly ({ readonly name: string } & Readonly<Amount>)[];
  /** The rules without counters and handles: it changes when they do. */
  readonly fingerprint: string;
}

/** Filters what comes in: it has a rule, or refuses what no rule allows. */
export const isActive = (chains: readonly Chain[]) =>
  chains.some(
    ({ filtersIncoming, rules, policy }) => filtersIncoming && (rules > 0 || (policy ?? "accept") !== "accept"),
  );

export function addAmount(amounts: Map<Verdict, Amount>, verdict: Verdict, { packets, bytes }: Amount): void {
  const known = amounts.get(verdict) ?? { packets: 0, bytes: 0 };
  amounts.set(verdict, { packets: known.packets + packets, bytes: known.bytes + bytes });
}
