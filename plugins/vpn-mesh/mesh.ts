/** A machine of the mesh, as this one sees it. What is not known is left out. */
export interface Peer {
  /** What people call it. */
  readonly name: string;
  readonly id: string;
  readonly online?: boolean | undefined;
  /** How it is reached now; undefined while nothing is sent. */
  readonly direct?: boolean | undefined;
  readonly latencySeconds?: number | undefined;
  /** Unix seconds, as all that follow. */
  readonly lastSeen?: number | undefined;
  readonly lastHandshake?: number | undefined;
  readonly receivedBytes?: number | undefined;
  readonly sentBytes?: number | undefined;
  readonly keyExpiry?: number | undefined;
}

export interface Mesh {
  /** Undefined while it is not known yet. */
  readonly online: boolean | undefined;
  /** The service's own word: Running, NeedsLogin, tcp_fallback. */
  readonly state: string;
  readonly version: string;
  /** This machine's name in the mesh. */
  readonly self: string;
  readonly selfKeyExpiry?: number | undefined;
  /** Undefined where the service does not tell of peers one by one, or is not part of the mesh and knows nothing of them. */
  readonly peers?: readonly Peer[] | undefined;
  /** How many peers are online, where they are not told one by one. */
  readonly peersOnline?: number | undefined;
  readonly healthProblems?: readonly string[] | undefined;
  /** Networks by status. */
  readonly networks?: ReadonlyMap<string, number> | undefined;
  readonly relaysAvailable?: number | undefined;
  readonly handshakeTimeouts?: number | undefined;
  readonly certificateTtlSeconds?: number | undefined;
  readonly updateAvailable?: boolean | undefined;
  readonly exitNodeInUse?: boolean | undefined;
}

/** An instant of Go and others in Unix seconds; undefined for their zero time, which is the year 1. */
export function parseInstant(text: string | null | undefined): number | undefined {
  const at = text ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) && at > 0 ? at / 1_000 : undefined;
}
