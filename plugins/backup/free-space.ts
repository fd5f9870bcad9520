import { type CollectContext, CollectError } from "../sdk";

/** Space left where a local repository or folder is. Undefined for one that is elsewhere, or where it is not told. */
export async function freeSpace(
  context: Pick<CollectContext, "statfs" | "signal">,
  place: string | undefined,
): Promise<number | undefined> {
  const path = place?.replace(/^(local|file):(\/\/)?/, "");
  if (!path?.startsWith("/")) return undefined;
  try {
    const { blockBytes, blocksAvailable } = await context.statfs(path);
    return blockBytes * blocksAvailable;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
