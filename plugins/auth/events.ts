/** What a line of a log tells. `source` is an address; undefined when it came from this machine or is not said. */
export type AuthEvent =
  | {
      readonly type: "attempt";
      readonly service: string;
      readonly ok: boolean;
      readonly method: string;
      readonly user: string;
      readonly source: string | undefined;
      /** Of the other side: with the address it names the connection. */
      readonly port: string | undefined;
      readonly count: number;
    }
  /** A user that does not exist was tried. The attempt itself has a line of its own. */
  | { readonly type: "invalid"; readonly service: string; readonly count: number }
  /** A connection ended before anybody was logged in. */
  | {
      readonly type: "closed";
      readonly service: string;
      readonly user: string;
      readonly source: string;
      readonly port: string;
      readonly count: number;
    }
  | { readonly type: "sudo"; readonly user: string; readonly result: SudoResult; readonly count: number };

export const SUDO_RESULTS = ["allowed", "failed", "denied"] as const;
export type SudoResult = (typeof SUDO_RESULTS)[number];

/** An event without how often it came, which only a line that stands for several says. */
export type Told<T = AuthEvent> = T extends AuthEvent ? Omit<T, "count"> & { readonly count?: number } : never;
