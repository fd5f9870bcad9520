import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** The journal where there is one, which has what the files have; else the file that holds most. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    paths: ["/var/log/journal", "/run/log/journal", "/var/log/syslog", "/var/log/messages"],
    config: ({ path }) => ({ sources: [path.endsWith("/journal") ? { type: "journal" } : path] }),
  },
];
