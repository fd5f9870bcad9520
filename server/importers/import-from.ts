import { z } from "zod";
import { printYaml, VERSION } from "../alerts/yaml";
import type { ForeignRow } from "../db/read-foreign-sqlite";
import { readForeignSqlite } from "../db/read-foreign-sqlite";
import { UnityError } from "../errors";
import { BESZEL_TABLES, mapBeszel } from "./beszel";
import type { Mapped, MappedLine } from "./draft";
import { readForeignYaml } from "./foreign-yaml";
import { mapGatus } from "./gatus";
import type { ImportKind } from "./import-kinds";
import { KUMA_TABLES, readKumaBackup, readKumaRows } from "./kuma-shapes";
import { mapPrometheusRules } from "./prometheus-rules";
import { mapKuma } from "./uptime-kuma";

export interface ImportedFile {
  /** The same as a file of Unity's. With the secrets that were in the other program's. */
  readonly yaml: string;
  readonly lines: readonly MappedLine[];
}

const MOST_JSON = 16_777_216;
const TITLES: Readonly<Record<ImportKind, string>> = {
  "uptime-kuma": "a backup (JSON) or the database (kuma.db) of Uptime Kuma 1.x or 2.x",
  beszel: "the database (data.db) of Beszel",
  gatus: "a configuration (YAML) of Gatus",
  "prometheus-rules": "a file of rules (YAML) of Prometheus",
};

/** Reads another program's file, and connects to nothing. @param source its bytes, or where it lies @throws UnityError `invalid` */
export async function importFrom(
  kind: ImportKind,
  source: Uint8Array | { readonly path: string; read(): Promise<Uint8Array> },
): Promise<ImportedFile> {
  try {
    const { file, lines } = await map(kind, source);
    return { yaml: printYaml({ version: VERSION, ...file }), lines };
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    const where =
      error instanceof z.ZodError ? `: ${error.issues[0]?.path.join(".")}: ${error.issues[0]?.message}` : "";
    throw new UnityError("invalid", `The file is not ${TITLES[kind]}${where.slice(0, 200)}.`, { cause: error });
  }
}

async function map(kind: ImportKind, source: Parameters<typeof importFrom>[1]): Promise<Mapped> {
  const bytes = () => (source instanceof Uint8Array ? Promise.resolve(source) : source.read());
  const place = source instanceof Uint8Array ? source : source.path;
  if (kind === "gatus") return mapGatus(readForeignYaml(await bytes()));
  if (kind === "prometheus-rules") return mapPrometheusRules(readForeignYaml(await bytes()));
  if (kind === "beszel") return mapBeszel(rowsOf(kind, await readForeignSqlite(place, BESZEL_TABLES), "systems"));
  const found = await readForeignSqlite(place, KUMA_TABLES);
  if (found) return mapKuma(readKumaRows(rowsOf(kind, found, "monitor")));
  const text = await bytes();
  if (text.length > MOST_JSON)
    throw new UnityError("invalid", "The file is larger than 16 MB, and no SQLite database.");
  return mapKuma(readKumaBackup(JSON.parse(new TextDecoder().decode(text))));
}

function rowsOf(kind: ImportKind, found: ReadonlyMap<string, readonly ForeignRow[]> | null, main: string) {
  if (!found || (found.get(main) ?? []).length === 0)
    throw new UnityError("invalid", `The file is not ${TITLES[kind]}, or there is nothing in it.`);
  return (table: string) => found.get(table) ?? [];
}
