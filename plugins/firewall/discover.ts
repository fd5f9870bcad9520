import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Where rules are kept. Which firewall has them, it finds out by itself. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    paths: ["/etc/ufw/user.rules", "/etc/firewalld/firewalld.conf", "/etc/nftables.conf", "/etc/iptables/rules.v4"],
    config: () => ({}),
  },
];
