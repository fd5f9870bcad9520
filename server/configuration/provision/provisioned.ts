import type { AuditChange } from "../../auth/audit-entry";
import type { Thing } from "../configuration";
import type { Compared } from "./compare-things";
import type { Decision, Remembered } from "./decide";

/** A thing that is, or was, in a file. */
export interface Provisioned extends Thing {
  readonly name: string;
  readonly file: string;
  /** `waits`: to be applied by the process that leads. `left`: it is in no file any more. */
  readonly state: Exclude<Decision["is"], "apply"> | "waits" | "left";
  /** Of what drifted: changed or removed here, or here before the file was. */
  readonly why: "changed" | "removed" | "before" | null;
  /** From what is here to what the file says. */
  readonly changes: readonly AuditChange[];
}

export interface ProvisionState {
  /** Null: there is none. */
  readonly folder: string | null;
  /** What leaves the files is removed here. */
  readonly prunes: boolean;
  readonly files: readonly string[];
  /** Why what is in the folder is not applied; what was applied before stays. */
  readonly problem: string | null;
  /** When the folder was read last as it is now; epoch milliseconds. */
  readonly readAt: number | null;
  readonly things: readonly Provisioned[];
  /** What somebody has to see to. */
  readonly notes: readonly string[];
}

/** What a folder of files says of what people set: applied at start and on change, and never over what somebody changed here. */
export interface Provisioner {
  /** Reads the folder from now on, and applies it where this process leads. */
  begin(): void;
  state(): Promise<ProvisionState>;
  /** Which things are by a file; no more than their names. */
  managed(): Promise<readonly Omit<Provisioned, "changes">[]>;
  /** What is wrong with the folder now; null for nothing. */
  problem(): string | null;
  /** Applies what the file says of a thing that drifted. @throws UnityError `not_found` */
  takeFile(thing: Thing, by: string): Promise<void>;
  /** Leaves it as it is here until the file says something else; of what left the files, that it once was there is forgotten. */
  keepMine(thing: Thing): Promise<void>;
  stop(): void;
}

/** What is remembered of a thing of the files after what was chosen was applied. */
export function rowAfter(
  { kind, id, name, file, fileHash, liveHash, wantedHash, same }: Compared,
  before: Remembered | undefined,
  isApplied: boolean,
): Remembered[] {
  if (isApplied) return [{ kind, id, name, file, fileHash, liveHash: wantedHash }];
  if (same && liveHash !== null) return [{ kind, id, name, file, fileHash, liveHash }];
  return before ? [{ ...before, file, name }] : [];
}
