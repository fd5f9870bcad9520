import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [80, 8_080, 11_000],
    image: ["nextcloud", "*/nextcloud", "nextcloud/*"],
    answer: { path: "/status.php", body: "Nextcloud" },
    asks: "A monitoring token, or an administrator's app password",
    config: ({ place }) => ({ url: `http://${place}` }),
  },
];
