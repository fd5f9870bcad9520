/** What is no archive, ends too early or was changed. Says where. */
export class DamagedArchive extends Error {
  override readonly name = "DamagedArchive";
  /** Bytes from the beginning: everything before is whole. */
  readonly offset: number;

  constructor(offset: number, what: string) {
    super(`${what} (at byte ${offset})`);
    this.offset = offset;
  }
}
