import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Each on the ports of its web interface: BitTorrent programs listen on others for their peers. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [8_080, 8_090, 8_081, 8_085],
    onlyPorts: true,
    process: ["qbittorrent", "qbittorrent-nox"],
    image: ["*/qbittorrent", "*/qbittorrent-nox", "*/qbittorrentvpn"],
    asks: "Its user and password, or an API key",
    config: ({ place }) => ({ type: "qbittorrent", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [9_091],
    onlyPorts: true,
    process: ["transmission-da*", "transmission-gtk", "transmission-qt"],
    image: ["*/transmission", "haugene/transmission-openvpn"],
    answer: { path: "/transmission/rpc", status: [409] },
    config: ({ place }) => ({ type: "transmission", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [8_112],
    onlyPorts: true,
    process: ["deluge-web"],
    image: ["*/deluge", "*/delugevpn"],
    asks: "The password of its web interface",
    config: ({ place }) => ({ type: "deluge", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [8_080, 8_085, 8_090],
    onlyPorts: true,
    process: ["sabnzbd*", "SABnzbd*"],
    image: ["*/sabnzbd"],
    answer: { path: "/api?mode=version&output=json", body: '{"version":' },
    asks: "Its API key",
    config: ({ place }) => ({ type: "sabnzbd", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [6_789],
    onlyPorts: true,
    process: ["nzbget"],
    image: ["*/nzbget", "nzbgetcom/nzbget"],
    asks: "Its user and password",
    config: ({ place }) => ({ type: "nzbget", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [6_800],
    onlyPorts: true,
    process: ["aria2c"],
    image: ["*/aria2", "*/aria2-pro"],
    config: ({ place }) => ({ type: "aria2", url: `http://${place}` }),
  },
];
