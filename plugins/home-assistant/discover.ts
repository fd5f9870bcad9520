import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [8_123],
    onlyPorts: true,
    process: ["hass"],
    image: ["homeassistant/home-assistant", "home-assistant/home-assistant", "*/homeassistant"],
    answer: { path: "/manifest.json", body: "Home Assistant" },
    asks: "A long-lived access token",
    config: ({ place }) => ({ url: `http://${place}` }),
  },
];
