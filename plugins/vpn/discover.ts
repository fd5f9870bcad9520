import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    paths: ["/sys/class/net/wg*", "/etc/wireguard/*.conf"],
    config: () => ({ type: "wireguard" }),
  },
  {
    seen: "file",
    type: "socket",
    paths: ["/run/openvpn/*.sock", "/run/openvpn-server/*.sock"],
    config: ({ path }) => ({ type: "openvpn", management: path }),
  },
  {
    seen: "file",
    type: "file",
    paths: ["/run/openvpn-server/status-*.log", "/run/openvpn/*.status", "/var/log/openvpn/*status.log"],
    config: ({ path }) => ({ type: "openvpn", statusFile: path }),
  },
];
