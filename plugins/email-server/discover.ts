import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Servers of this machine by their spools, those in containers by their ports. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    type: "directory",
    paths: ["/var/spool/postfix/deferred"],
    config: () => ({ mta: "postfix", smtp: { host: "127.0.0.1", tls: "none" } }),
  },
  {
    seen: "file",
    type: "directory",
    paths: ["/var/spool/exim4/input", "/var/spool/exim/input"],
    config: () => ({ mta: "exim", smtp: { host: "127.0.0.1", tls: "none" } }),
  },
  {
    seen: "service",
    ports: [143],
    process: ["dovecot"],
    onlyPorts: true,
    image: ["mailserver/docker-mailserver", "dovecot/dovecot", "*/mailu/dovecot", "*/mailcow/dovecot"],
    config: ({ host, port }) => ({ mta: "none", imap: { host, port, tls: "none" } }),
  },
];
