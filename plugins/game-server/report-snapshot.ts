import { toLabel } from "../sdk";
import type { Context, Reporter } from "./query";
import type { Snapshot } from "./snapshot";

export function reportSnapshot(context: Context, report: Reporter, snapshot: Snapshot): void {
  const { players, playersMax, bots, password, latencyMs, framesPerSecond, uptimeSeconds } = snapshot;
  const { game, playerNames, maxItems } = context.config;
  const [name, version, map] = [toLabel(snapshot.name), toLabel(snapshot.version), toLabel(snapshot.map)];
  if (players !== undefined) report("game_players", players);
  // Some say 0 where they mean that they do not say.
  if (playersMax !== undefined && playersMax > 0) {
    report("game_players_max", playersMax);
    if (players !== undefined) report("game_players_ratio", players / playersMax);
  }
  if (bots !== undefined) report("game_bots", bots);
  if (password !== undefined) report("game_password_protected", password ? 1 : 0);
  if (latencyMs !== undefined) report("game_latency_seconds", latencyMs / 1_000);
  if (framesPerSecond !== undefined) report("game_server_fps", framesPerSecond);
  if (uptimeSeconds !== undefined) report("game_uptime_seconds", uptimeSeconds);
  report("game_info", 1, { game, name, version, map });
  reportChanges(context, report, { version, map });
  const names = [...new Set(snapshot.playerNames.map(toLabel))];
  if (playerNames) {
    for (const player of names.slice(0, maxItems)) report("game_player_online", 1, { player });
    report("game_players_truncated", names.length > maxItems ? 1 : 0);
  }
  report.inventory({
    facts: { game, name, version, map, ...(players === undefined ? {} : { players }) },
    ...(playerNames ? { lists: { players: names.slice(0, maxItems).map((player) => ({ player })) } } : {}),
  });
}

interface Seen {
  readonly version: string;
  readonly versionChanges: number;
  readonly map: string;
  readonly mapChangedAt: number | undefined;
}

/** Compares with the run before: a server that was down in between may have come back with another version. */
function reportChanges(
  { memory, now }: Context,
  report: Reporter,
  { version, map }: { version: string; map: string },
): void {
  const before = memory.recall<Seen>("seen")?.value;
  const isNewVersion = before !== undefined && before.version !== "" && version !== "" && before.version !== version;
  const isNewMap = before !== undefined && before.map !== map;
  const seen: Seen = {
    version: version || (before?.version ?? ""),
    versionChanges: (before?.versionChanges ?? 0) + (isNewVersion ? 1 : 0),
    map,
    mapChangedAt: isNewMap ? now / 1_000 : before?.mapChangedAt,
  };
  memory.keep("seen", seen);
  report("game_version_changes_total", seen.versionChanges);
  if (seen.mapChangedAt !== undefined) report("game_map_changed_timestamp_seconds", seen.mapChangedAt);
}
