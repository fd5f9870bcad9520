/** These bytes are not what an encoder of this folder wrote: damaged, cut off, or from a newer Unity. */
export class CorruptData extends Error {
  override readonly name = "CorruptData";
}
