import type { FetchOptions } from "../sdk";
import type { Config } from "./config";

export interface Endpoint {
  /** Without a trailing slash: paths of the API begin with one. */
  readonly baseUrl: string;
  readonly options: Pick<FetchOptions, "socketPath" | "tls" | "headers">;
}
type Choice = Pick<Config, "endpoint" | "tls" | "headers" | "clientCertPem" | "clientKeyPem">;

/** Where Docker's own clients connect: 2375 is plain, 2376 is TLS. */
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/** Turns what Docker calls a host (`unix://`, `tcp://`, `http://`) into an address for `fetch`. */
export function resolveEndpoint({ endpoint, tls, headers, clientCertPem, clientKeyPem }: Choice): Endpoint {
  const socketPath = socketPathOf(endpoint);
  // The engine ignores the name; an empty Host is refused by Go's HTTP server.
  if (socketPath !== undefined) return { baseUrl: "http://docker", options: { socketPath, headers } };
  const options = { headers, tls: { ...tls, certPem: clientCertPem, keyPem: clientKeyPem } };
  if (!endpoint.startsWith("tcp://")) return { baseUrl: endpoint.replace(/\/+$/, ""), options };
  const secure = clientCertPem !== undefined || endpoint.replace(/\/+$/, "").endsWith(`:${TLS_PORT}`);
  const url = new URL(endpoint.replace(/^tcp:/, secure ? "https:" : "http:"));
  // A URL leaves out the scheme's own port, so only what was not written at all gets Docker's.
  if (url.port === "" && !/:\d+\/*$/.test(endpoint)) url.port = String(secure ? TLS_PORT : PLAIN_PORT);
  return { baseUrl: url.href.replace(/\/+$/, ""), options };
}

export function socketPathOf(endpoint: string): string | undefined {
  if (endpoint.startsWith("unix://")) return endpoint.slice("unix://".length);
  return endpoint.startsWith("/") ? endpoint : undefined;
}
