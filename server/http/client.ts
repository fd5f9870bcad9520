import type { IncomingMessage } from "node:http";
import { canonicalAddress, isWithin, type Network, parseNetwork } from "../../plugins/sdk/ip-address";
import { CLIENT_ADDRESS, CLIENT_PROTOCOL, FROM_THIS_MACHINE, PROXY_USER } from "../auth/request-headers";

export interface Proxies {
  /** Of reverse proxies; what they say of the browser is believed. */
  readonly trusted: readonly Network[];
  /** In which header, and which of them, say who somebody is; undefined: nobody does. */
  readonly user: { readonly header: string; readonly from: readonly Network[] } | undefined;
}

const LOOPBACK = ["127.0.0.0/8", "::1"].flatMap((text) => parseNetwork(text) ?? []);
/** Whoever sends one of these is no browser, but stands before it. */
const FORWARDED = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-real-ip", "via"];
/** Names of this machine; a page that made its own name point here has another one. */
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Writes onto a request where it came from and who a proxy says it is, under names of our own; what came in under them is dropped. A
 * proxy on this machine is believed about the browser without being named: who is on it could do more.
 */
export function markClient(request: Pick<IncomingMessage, "headers" | "socket">, { trusted, user }: Proxies): void {
  const { headers } = request;
  for (const name of [CLIENT_ADDRESS, CLIENT_PROTOCOL, FROM_THIS_MACHINE, PROXY_USER]) delete headers[name];
  const peer = canonicalAddress(request.socket.remoteAddress ?? "") ?? "";
  const believed = isWithin(peer, trusted) || isWithin(peer, LOOPBACK);
  const address = believed ? clientOf(String(headers["x-forwarded-for"] ?? ""), peer, [...trusted, ...LOOPBACK]) : peer;
  if (address) headers[CLIENT_ADDRESS] = address;
  const encrypted = "encrypted" in request.socket && request.socket.encrypted === true;
  const told =
    believed &&
    String(headers["x-forwarded-proto"] ?? "")
      .split(",")[0]
      ?.trim() === "https";
  headers[CLIENT_PROTOCOL] = encrypted || told ? "https" : "http";
  const isDirect = isWithin(peer, LOOPBACK) && !FORWARDED.some((name) => headers[name] !== undefined);
  if (isDirect && LOCAL_HOST.test(headers.host ?? "")) headers[FROM_THIS_MACHINE] = "yes";
  if (!user) return;
  const name = headers[user.header];
  delete headers[user.header];
  if (typeof name === "string" && name !== "" && isWithin(peer, user.from)) headers[PROXY_USER] = name;
}

/** From the nearest on: the first that is no proxy of ours. */
function clientOf(forwarded: string, peer: string, proxies: readonly Network[]): string {
  const hops = forwarded.split(",").map((hop) => canonicalAddress(hop.trim().replace(/^\[(.*)\](:\d+)?$/, "$1")));
  let client = peer;
  for (const hop of hops.toReversed()) {
    if (hop === undefined) return client;
    client = hop;
    if (!isWithin(hop, proxies)) return client;
  }
  return client;
}
