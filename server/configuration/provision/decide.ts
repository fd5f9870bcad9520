import type { Thing } from "../configuration";

/** What is remembered of a thing that came from a file. Hashes are keyed: secrets are in what they are of. */
export interface Remembered extends Thing {
  readonly name: string;
  /** The file it was in last. */
  readonly file: string;
  /** Of what the file said when it was applied. */
  readonly fileHash: string;
  /** Of the thing as it was then. */
  readonly liveHash: string;
  /** Of what a file says that somebody decided against. */
  readonly kept?: string | undefined;
}

/** A thing of the files beside the same thing as it is. */
export interface Beside extends Thing {
  readonly file: string;
  readonly fileHash: string;
  /** Null: it is not there. */
  readonly liveHash: string | null;
  /** It is as the file says. */
  readonly same: boolean;
}

/**
 * - `same`: as the file says, or as it was when that was applied.
 * - `apply`: new in the file, or changed there and by nobody here.
 * - `drift`: somebody changed or removed it here, or it was here before the file was. Nothing is done until somebody decides.
 * - `kept`: somebody decided for what is here, until the file says something else.
 */
export type Decision =
  | { readonly is: "same" | "apply" | "kept" }
  | { readonly is: "drift"; readonly why: "changed" | "removed" | "before" };

/** Pure. What a person changed is never written over: that needs a thing that nobody touched since its file was applied. */
export function decide({ fileHash, liveHash, same }: Beside, remembered: Remembered | undefined): Decision {
  if (same) return { is: "same" };
  if (remembered?.kept === fileHash) return { is: "kept" };
  if (liveHash === null) return remembered ? { is: "drift", why: "removed" } : { is: "apply" };
  if (!remembered) return { is: "drift", why: "before" };
  if (remembered.liveHash !== liveHash) return { is: "drift", why: "changed" };
  return { is: remembered.fileHash === fileHash ? "same" : "apply" };
}
