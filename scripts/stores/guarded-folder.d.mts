export interface GuardedFolder {
  readonly folder: string;
  /** From now on this process is the one to stop, by this signal (without SIG); it must lead a process group. */
  watch(child: { readonly pid: number }, signal: string): void;
  /** It ended by itself: its number may become another's. */
  unwatch(): void;
  /** Stops what runs in the folder, then removes it. */
  close(): Promise<void>;
}

/** A temporary folder and a guard that outlives this process: neither the folder nor the server in it is left behind. */
export declare function openGuardedFolder(name: string): Promise<GuardedFolder>;
