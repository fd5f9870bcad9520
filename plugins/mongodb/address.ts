import type { Config } from "./config";

export interface Host {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 27_017;

/** Hosts of the address; none for mongodb+srv, whose hosts are in the DNS. */
export function hostsOf(uri: string): readonly Host[] {
  const [, list] = /^mongodb:\/\/([^/?#]+)/i.exec(uri) ?? [];
  return (list ?? "").split(",").flatMap((text): Host[] => {
    const [, six, name, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
    const host = six ?? name;
    return host ? [{ host, port: port ? Number(port) : DEFAULT_PORT }] : [];
  });
}

/** For lists and messages: hosts only. */
export const placeOf = ({ uri }: Pick<Config, "uri">) =>
  uri.replace(/^mongodb(\+srv)?:\/\//i, "").replace(/[/?#].*$/, "");
