import { selectSeries } from "./labels";
import { showAll } from "./put-samples";
import type { Server } from "./server";

/** Series with everything of theirs. @throws Error where the server wants a key for deleting; it has them still */
export async function forgetSeries(server: Server, series: readonly number[]): Promise<void> {
  // One that is not in the index yet would not be found.
  await showAll(server);
  for (const selector of selectSeries(server, series))
    await server.connection.post("/api/v1/admin/tsdb/delete_series", { "match[]": selector });
}
