import { CollectError, chart, definePlugin, meter, type Reason, states } from "../sdk";
import { alerts } from "./alerts";
import { config } from "./config";
import { discover } from "./discover";
import { metrics } from "./metrics";
import { placeOf } from "./place";
import { queryServer } from "./query";
import { reportSnapshot } from "./report-snapshot";

const UNKNOWN: ReadonlySet<Reason> = new Set(["permission", "not_found", "internal"]);

export default definePlugin({
  id: "game-server",
  name: "Game server",
  summary: "Whether a game server is up, who plays, how fast it answers: Minecraft, Source, Quake and 350 more.",
  category: "application",
  tier: 3,
  kind: "network",
  needs: ["Palworld: RESTAPIEnabled=True and the AdminPassword", "Terraria: tShock and a token of its REST interface"],
  intervalSeconds: 60,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("game_players", "Players", { max: "game_players_max" }),
    meter("game_online", "Online", { warn: 1, bad: 0.5, lowIsBad: true }),
    meter("game_latency_seconds", "Latency", { warn: 0.15, bad: 0.5 }),
    meter("game_server_fps", "Server FPS"),
    states("game_player_online", "Players by name", "player"),
    chart("Players", ["game_players", "game_bots"]),
    chart("Latency", ["game_latency_seconds"]),
    chart("Server FPS", ["game_server_fps"]),
    chart("Uptime", ["game_uptime_seconds"]),
  ],
  help: {
    unreachable: "Check that the server runs, host and port, and the firewall between: most games answer over UDP.",
    timeout: "Check host and query port; many games answer on another port than the one players use, and over UDP.",
    protocol: "Check the game and the port: something else than this game answers there.",
    parse: "Check the game and the port: something else than this game answers there.",
    auth: "Palworld: the AdminPassword. Satisfactory and Terraria: a token of the server.",
    tls: "Paste the server's certificate as private CA, or switch verification off.",
    not_found: "The plugin's page names games; protocol-valve and protocol-quake3 fit many that have no name there.",
  },
  discover,
  target: placeOf,
  async collect(context, report) {
    try {
      const snapshot = await queryServer(context, report);
      report("game_online", 1);
      reportSnapshot(context, report, snapshot);
    } catch (error) {
      const reason = error instanceof CollectError && !context.signal.aborted ? error.reason : undefined;
      // Who refuses a password is there. Of an address that is not dialled and a game that is misspelt nothing is known.
      if (reason === "auth") report("game_online", 1);
      else if (reason !== undefined && !UNKNOWN.has(reason)) report("game_online", 0);
      throw error;
    }
  },
});
