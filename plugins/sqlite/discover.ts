import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Where the applications that people run at home keep theirs, as packages and usual containers put them. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "file",
    type: "file",
    each: true,
    paths: [
      "/var/lib/grafana/grafana.db",
      "/var/lib/vaultwarden/db.sqlite3",
      "/var/lib/gitea/data/gitea.db",
      "/var/lib/forgejo/data/forgejo.db",
      "/var/lib/homeassistant/home-assistant_v2.db",
      "/home/homeassistant/.homeassistant/home-assistant_v2.db",
      "/srv/homeassistant/home-assistant_v2.db",
      "/etc/pihole/pihole-FTL.db",
      "/var/lib/jellyfin/data/jellyfin.db",
      "/var/lib/plexmediaserver/Library/Application Support/Plex Media Server/Plug-in Support/Databases/com.plexapp.plugins.library.db",
      "/var/lib/headscale/db.sqlite",
      "/opt/uptime-kuma/data/kuma.db",
    ],
    config: ({ path }) => ({ paths: [path] }),
  },
];
