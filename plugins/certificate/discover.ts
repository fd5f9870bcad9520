import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** HTTPS, and mail, directories and DNS that are encrypted from the start. */
const TLS_PORTS = [443, 8_443, 9_443, 8_006, 465, 636, 853, 993, 995];
const LETS_ENCRYPT = "/etc/letsencrypt/live/*/fullchain.pem";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    paths: [LETS_ENCRYPT],
    config: () => ({ files: [LETS_ENCRYPT] }),
  },
  {
    seen: "service",
    ports: TLS_PORTS,
    asks: "The name that it is reached by",
    config: ({ place }) => ({ targets: [place] }),
  },
];
