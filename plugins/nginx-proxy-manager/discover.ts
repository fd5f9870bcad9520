import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** By its admin page: what it serves on 80 and 443 may be anything. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [81],
    image: ["jc21/nginx-proxy-manager", "*/nginx-proxy-manager"],
    answer: { path: "/api/", body: '"status":"OK"' },
    asks: "A user and its password",
    config: ({ place }) => ({ url: `http://${place}` }),
  },
];
