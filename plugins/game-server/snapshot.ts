/** What a server says of itself. What it does not say is undefined: 0 players is something else. */
export interface Snapshot {
  readonly name: string;
  readonly version: string;
  readonly map: string;
  readonly players: number | undefined;
  readonly playersMax: number | undefined;
  readonly bots?: number | undefined;
  readonly password?: boolean | undefined;
  readonly latencyMs: number | undefined;
  /** As far as the server tells them: often not all, or none. */
  readonly playerNames: readonly string[];
  readonly framesPerSecond?: number | undefined;
  readonly uptimeSeconds?: number | undefined;
}
