import { z } from "zod";
import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";
import { Certificate, Host, KINDS, type Kind, type Setup } from "./shapes";

interface Question {
  readonly sql: string;
}
type Row = Readonly<Record<string, string | number | null>>;

/** A file this large is no database of hosts. It is read in this thread, so its size counts. */
const MAX_BYTES = 256 * 1_024 * 1_024;
/** Far more than anybody has; the settings' limit decides what is shown. */
const MAX_ROWS = 10_000;

/** Only these columns: `meta` of certificates holds credentials of DNS providers. */
const TABLES: Record<Kind, { readonly table: string; readonly columns: readonly string[] }> = {
  proxy: { table: "proxy_host", columns: ["domain_names", "forward_scheme", "forward_host", "forward_port"] },
  redirection: { table: "redirection_host", columns: ["domain_names", "forward_domain_name"] },
  dead: { table: "dead_host", columns: ["domain_names"] },
  stream: { table: "stream", columns: ["incoming_port", "forwarding_host", "forwarding_port"] },
};
const OF_EVERY_HOST = ["certificate_id", "enabled", "meta"];
const OF_CERTIFICATES = ["provider", "nice_name", "domain_names", "expires_on"];

/** Reads hosts and certificates from the SQLite file of the Nginx Proxy Manager. @throws CollectError */
export async function readDatabase(context: CollectContext<Config>, path: string): Promise<Setup> {
  const facts = await context.stat(path);
  if (facts.type !== "file" || facts.bytes > MAX_BYTES) throw isNone(path);
  const ask = await context.driver<Question, Row[]>("sqlite", () => openDatabase(path));
  const read = async <T>(shape: z.ZodType<T>, table: string, wanted: readonly string[]): Promise<T[]> => {
    // Older versions lack some columns: streams had no certificates.
    const known = (await ask({ sql: `select name from pragma_table_info('${table}')` })).map(({ name }) => name);
    const columns = ["id", ...wanted.filter((column) => known.includes(column))];
    const sql = `select ${columns.join(", ")} from ${table} where is_deleted = 0 order by id limit ${MAX_ROWS}`;
    return (await ask({ sql })).flatMap((row) => {
      const parsed = shape.safeParse(unpack(row));
      return parsed.success ? [parsed.data] : [];
    });
  };
  const hosts = new Map<Kind, readonly Host[]>();
  for (const kind of KINDS) {
    const { table, columns } = TABLES[kind];
    hosts.set(kind, await read(Host, table, [...columns, ...OF_EVERY_HOST]));
  }
  return { hosts, certificates: await read(Certificate, "certificate", OF_CERTIFICATES) };
}

async function openDatabase(path: string) {
  // Loaded when somebody has given a path: nobody else pays for it.
  const { default: Database } = await import("libsql");
  // The library knows no option for it, but SQLite's own addresses do: nothing is written, and no file is made.
  const address = `file:${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}?mode=ro`;
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explain(error, path);
    }
  };
  const database = attempt(() => new Database(address));
  return {
    // The statements are the ones above, and their columns are texts and numbers.
    ask: async ({ sql }: Question) => attempt(() => database.prepare(sql).all() as Row[]),
    close: async () => void database.close(),
  };
}

function explain(error: unknown, path: string): CollectError {
  const said = error instanceof Error ? error.message : String(error);
  if (/SQLITE_BUSY|locked/i.test(said))
    return new CollectError("unreachable", `${path} is locked by another program.`, { cause: error });
  if (/ConnectionFailed|unable to open/i.test(said))
    return new CollectError("permission", `${path} may not be opened by the user Unity runs as.`, {
      hint: `Give that user read access: sudo setfacl -m u:unity:r ${path}`,
      cause: error,
    });
  return isNone(path, error);
}

const isNone = (path: string, cause?: unknown) =>
  new CollectError("protocol", `${path} is no database of the Nginx Proxy Manager.`, {
    hint: "Give the path of database.sqlite in its data folder.",
    cause,
  });

const Json = z.string().transform((text): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A row that was written by hand: it has no names then.
  }
});

/** Lists and objects are kept as JSON. */
function unpack(row: Row): Record<string, unknown> {
  const unpacked: Record<string, unknown> = { ...row };
  for (const column of ["domain_names", "meta"]) unpacked[column] = Json.safeParse(row[column]).data;
  return unpacked;
}
