import { resolve } from "node:path";

/** A database on a server of its own. The password is in `url` only. */
export interface ServerPlace {
  readonly kind: "postgres" | "mysql";
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** For people and logs: what and where, without the password. */
  readonly shown: string;
}
export interface FilePlace {
  readonly kind: "sqlite";
  readonly file: string;
  /** Samples have a file of their own, beside the other. */
  readonly samplesFile: string;
  readonly shown: string;
}
/** Where Unity keeps its data. */
export type DatabasePlace = FilePlace | ServerPlace;

const SERVERS: Record<string, { kind: ServerPlace["kind"]; name: string; port: number } | undefined> = {
  "postgres:": { kind: "postgres", name: "PostgreSQL", port: 5432 },
  "postgresql:": { kind: "postgres", name: "PostgreSQL", port: 5432 },
  "mysql:": { kind: "mysql", name: "MySQL", port: 3306 },
  "mariadb:": { kind: "mysql", name: "MariaDB", port: 3306 },
};

/**
 * Reads a DATABASE_URL. A password may be given as it is where it has none of `/ ? #`, and percent-encoded always.
 * @throws Error whose message goes on after "DATABASE_URL is given, but", and never repeats what was given
 */
export function parseDatabaseUrl(text: string): DatabasePlace {
  const scheme = /^[a-z]+:/i.exec(text)?.[0].toLowerCase() ?? "";
  if (scheme === "sqlite:") return placeOfFile(text.slice(scheme.length).replace(/^\/\/(?=.)/, ""));
  const server = SERVERS[scheme];
  if (!server) throw new Error("must begin with sqlite:, postgres:// or mysql://");
  const { url, user, host, port } = readServerUrl(text, `${scheme}//`);
  const database = decode(url.pathname.slice(1));
  if (database === "") throw new Error(`names no database; it ends like ${scheme}//user:password@host/unity`);
  if (user === "") throw new Error(`names no user; it begins like ${scheme}//user:password@host/`);
  const place = { kind: server.kind, host, port: port ?? server.port, user, database, url: url.href };
  return { ...place, shown: `${server.name} at ${host}:${place.port}/${database}` };
}

export function placeOfFile(name: string): FilePlace {
  if (name === "") throw new Error("names no file; it is like sqlite:/var/lib/unity/unity.db");
  const file = resolve(name);
  return { kind: "sqlite", file, samplesFile: `${file.replace(/\.(db|sqlite3?)$/, "")}-samples.db`, shown: file };
}

function readServerUrl(text: string, start: string) {
  const url = URL.canParse(text) && text.toLowerCase().startsWith(start) ? new URL(text) : undefined;
  if (!url?.hostname) throw new Error(`is no address; it is like ${start}user:password@host/unity`);
  const port = url.port === "" ? undefined : Number(url.port);
  // The driver decodes it; what it could not is said here, by the name of the variable.
  decode(url.password);
  return { url, user: decode(url.username), host: decode(url.hostname), port };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error("has a % that is not followed by two digits; a % itself is written %25");
  }
}
