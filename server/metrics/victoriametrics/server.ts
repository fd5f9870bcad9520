import type { Connection } from "./connection";

/** The VictoriaMetrics that samples go to, and what is Unity's in there. */
export interface Server {
  readonly connection: Connection;
  /** Value of the label `unity_database`: one server may have the samples of several. Letters and digits. */
  readonly database: string;
  /**
   * Another one each time a store is opened, or wants to see at once what is new. For up to ten seconds the server remembers which series a filter finds; one that names
   * this label, which no series has, was never asked before, so that a new process sees what the last one wrote.
   */
  reader: string;
}
