import { CollectError, type Reason, type TlsFacts } from "../sdk";
import type { Certificate } from "./parse";

/** A target or a file, and what it presented. */
export interface Seen {
  readonly label: string;
  readonly protocol: string;
  /** Leaf first. */
  readonly chain: readonly [Certificate, ...Certificate[]];
  /** Only of a target. */
  readonly presented?: { readonly tls: TlsFacts; readonly askedName: string };
}
export interface Unseen {
  readonly label: string;
  readonly protocol: string;
  readonly reason: Reason;
  readonly message: string;
  /** Set when Unity itself is wrong: told about at the end, after the others have had their turn. */
  readonly fault?: unknown;
}
export type Probed = ({ readonly ok: true } & Seen) | ({ readonly ok: false } & Unseen);

/** What failed, as a word about the target. */
export function unseen(label: string, protocol: string, error: unknown): Probed {
  if (!(error instanceof CollectError) || error.reason === "internal")
    return { ok: false, label, protocol, reason: "internal", message: String(error), fault: error };
  const named = error.message.includes(label) ? error.message : `${label}: ${error.message}`;
  const message = error.hint ? `${named} ${error.hint}` : named;
  return { ok: false, label, protocol, reason: error.reason, message };
}
