import type { Config } from "./config";

export interface Host {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 27_017;

export const isService = (uri: string) => /^mongodb\+srv:/i.test(uri);

/** Hosts of the address; none for mongodb+srv, whose hosts are in the DNS. */
export function hostsOf(uri: string): readonly Host[] {
  const [, list] = /^mongodb:\/\/([^/?#]+)/i.exec(uri) ?? [];
  return (list ?? "").split(",").flatMap((text) => parseHost(text) ?? []);
}

/** "db:27017", "[::1]:27017" or without the port. */
export function parseHost(text: string): Host | undefined {
  const [, six, name, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = six ?? name;
  return host ? { host, port: port ? Number(port) : DEFAULT_PORT } : undefined;
}

/** The same address and options, for this host alone. */
export function addressOf({ host, port }: Host, uri: string): string {
  const [, path = "", query = ""] = /^mongodb(?:\+srv)?:\/\/[^/?#]*(\/[^?#]*)?(?:\?(.*))?$/i.exec(uri) ?? [];
  // Of the service's name, which this is not any more.
  const options = query.split("&").filter((option) => option !== "" && !/^srv/i.test(option));
  return `mongodb://${host.includes(":") ? `[${host}]` : host}:${port}${path || "/"}?${options.join("&")}`;
}

/** For lists and messages: hosts only. */
export const placeOf = ({ uri }: Pick<Config, "uri">) =>
  uri.replace(/^mongodb(\+srv)?:\/\//i, "").replace(/[/?#].*$/, "");
