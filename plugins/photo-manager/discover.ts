import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [2_283, 3_001],
    image: ["immich-app/immich-server", "*/immich-server", "*/immich"],
    answer: { path: "/api/server/ping", body: '"pong"' },
    asks: "An API key",
    config: ({ place }) => ({ type: "immich", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [2_342],
    process: ["photoprism"],
    image: ["photoprism/photoprism"],
    answer: { path: "/api/v1/status", body: "operational" },
    asks: "An access token",
    config: ({ place }) => ({ type: "photoprism", url: `http://${place}` }),
  },
];
