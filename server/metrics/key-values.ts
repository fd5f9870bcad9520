/** Texts under keys that expire. */
export interface KeyValue {
  readonly key: string;
  readonly text: string;
  readonly ttlSeconds: number;
}

/** A place outside this process that one may do without: nothing here rejects or waits long. */
export interface KeyValues {
  /** The text, or undefined: not there, expired, or the place does not answer. */
  get(key: string): Promise<string | undefined>;
  put(entries: readonly KeyValue[]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
