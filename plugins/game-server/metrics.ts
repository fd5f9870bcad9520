import type { Metrics } from "../sdk";

const count = { kind: "gauge", unit: "count" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;

export const metrics = {
  game_online: { ...bool, description: "1 when the server answers as this game does." },
  game_players: { ...count, description: "Players on the server." },
  game_players_max: { ...count, description: "Players that the server has room for." },
  game_bots: { ...count, description: "Players that are none, where the server tells." },
  game_players_ratio: { kind: "gauge", unit: "ratio", description: "Part of the room for players that is taken." },
  game_latency_seconds: {
    kind: "gauge",
    unit: "seconds",
    description: "How long the server took for a small answer; over HTTP, to take the connection.",
  },
  game_password_protected: { ...bool, description: "1 when players need a password, where the server tells." },
  game_map_changed_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the map was seen to change, since Unity started.",
  },
  game_version_changes_total: {
    kind: "counter",
    unit: "count",
    description: "How often the server was seen with another version than before.",
  },
  game_server_fps: { ...count, description: "Steps of the game that the server calculates in a second." },
  game_uptime_seconds: { kind: "gauge", unit: "seconds", description: "How long the server has been running." },
  game_player_online: {
    ...bool,
    labels: ["player"],
    description: "1 for each player by name, if the settings ask for it and the server tells.",
  },
  game_players_truncated: { ...bool, description: "1 when there were more names than the limit." },
  game_info: {
    kind: "info",
    unit: "count",
    labels: ["game", "name", "version", "map"],
    description: "What the server says of itself.",
  },
} as const satisfies Metrics;
