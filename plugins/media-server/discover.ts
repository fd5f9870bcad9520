import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Each says who it is to everybody; what is played it tells with a token only. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [8_096],
    process: ["jellyfin"],
    image: ["jellyfin/jellyfin", "*/jellyfin"],
    answer: { path: "/System/Info/Public", body: "Jellyfin" },
    asks: "An API key",
    config: ({ place }) => ({ type: "jellyfin", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [32_400],
    onlyPorts: true,
    process: ["Plex Media Serv*"],
    image: ["plexinc/pms-docker", "*/plex"],
    answer: { path: "/identity", body: "machineIdentifier" },
    asks: "A token (X-Plex-Token)",
    config: ({ place }) => ({ type: "plex", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [8_096],
    process: ["EmbyServer"],
    image: ["emby/embyserver", "*/emby"],
    answer: { path: "/emby/System/Info/Public", body: '"ServerName"' },
    asks: "An API key",
    config: ({ place }) => ({ type: "emby", url: `http://${place}` }),
  },
];
