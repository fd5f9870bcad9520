import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** By the daemons' own sockets and files. A mesh of bare WireGuard looks like any other WireGuard. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    type: "socket",
    paths: ["/var/run/tailscale/tailscaled.sock"],
    config: ({ path }) => ({ type: "tailscale", socket: path }),
  },
  {
    seen: "file",
    paths: ["/var/lib/zerotier-one/authtoken.secret", "/var/lib/zerotier-one/zerotier-one.pid"],
    config: () => ({ type: "zerotier" }),
  },
  {
    seen: "file",
    type: "socket",
    paths: ["/var/run/netbird.sock", "/var/run/netbird/netbird.sock"],
    config: () => ({ type: "netbird" }),
  },
];
