/** A process that opens a database, `opener.ts <url>`, and says so right before. It stays until it is killed. */
import { parseDatabaseUrl } from "../../server/db/database-place";
import { openStores } from "../../server/open-stores";

const place = parseDatabaseUrl(process.argv[2] ?? "");
process.stdout.write("opening\n");
await openStores(place, { waitMs: 30_000 });
setInterval(() => undefined, 60_000);
