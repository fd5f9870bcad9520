import { createSocket } from "node:dgram";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";
import { serveBedrock, serveMinecraft } from "./test-minecraft";
import { serveSource } from "./test-source";

describeService("game-server", "Minecraft", (service) => {
  let port = 0;
  let server: Awaited<ReturnType<typeof serveMinecraft>>;
  const status = (online: number, version = "1.20.4", more: object = {}) => ({
    version: { name: version, protocol: 765 },
    players: { max: 7, online, sample: ["anna", "bert"].slice(0, online).map((name) => ({ name, id: name })) },
    description: { text: "§aUnity ", extra: [{ text: "test" }] },
    ...more,
  });
  const config = () => ({ game: "minecraft", host: "127.0.0.1", port, playerNames: true });
  const collect = (options = {}) => service.collect(config(), options);

  beforeAll(async () => {
    port = await service.port();
    server = await serveMinecraft(port, status(2));
    service.version("Server List Ping, protocol 765");
  });
  afterAll(() => server.close());

  test("tells players, room, names, version and latency", async () => {
    const begin = performance.now();
    const { value, labels, failure } = await collect();
    const tookSeconds = (performance.now() - begin) / 1_000;
    expect(failure).toBeUndefined();
    expect(value("game_online")).toBe(1);
    expect([value("game_players"), value("game_players_max")]).toEqual([2, 7]);
    expect(value("game_players_ratio")).toBeCloseTo(2 / 7);
    expect(value("game_player_online", { player: "bert" })).toBe(1);
    expect(value("game_latency_seconds")).toBeGreaterThan(0);
    expect(value("game_latency_seconds")).toBeLessThan(tookSeconds);
    expect(labels("game_info")).toMatchObject({ name: "Unity test", version: "1.20.4" });
    expect(server.asked.at(-1)).toBe("127.0.0.1");
  });

  test("another client reads the same from this server", async () => {
    const { value } = await service.collect({ ...config(), game: "protocol-minecraftvanilla" });
    expect([value("game_players"), value("game_players_max")]).toEqual([2, 7]);
    expect(value("game_player_online", { player: "anna" })).toBe(1);
  });

  test("notices that players left, and an update", async () => {
    const memory = service.memory();
    await collect({ memory });
    server.status = status(0, "1.21");
    const { value } = await collect({ memory });
    expect(value("game_players")).toBe(0);
    expect(value("game_player_online", { player: "bert" })).toBeUndefined();
    expect(value("game_version_changes_total")).toBe(1);
  });

  test("a server that hides its players, and a proxy that does not answer pings, are online", async () => {
    server.answersPing = false;
    server.status = status(0, "1.21", { players: undefined });
    const { value, failure } = await collect();
    expect(failure).toBeUndefined();
    expect(value("game_online")).toBe(1);
    expect(value("game_players")).toBeUndefined();
    expect(value("game_latency_seconds")).toBeGreaterThan(0);
  });

  test("a large icon and a list of mods fit; what is no status does not", async () => {
    server.status = status(1, "1.21", { favicon: `data:image/png;base64,${"A".repeat(200_000)}` });
    expect((await collect()).value("game_players")).toBe(1);
    server.status = { players: { online: "many" }, version: 3 };
    expect((await collect()).value("game_players")).toBeUndefined();
    server.status = undefined;
    expect((await collect()).value("game_online")).toBe(0);
  });

  test("a stopped server is unreachable", async () => {
    await server.close();
    const { value, failure } = await collect();
    expect(failure?.reason).toBe("unreachable");
    expect(value("game_online")).toBe(0);
  });
});

describeService("game-server", "Minecraft Bedrock", (service) => {
  test("tells players, room, level and version", async () => {
    const port = await service.port();
    let online = 3;
    const server = await serveBedrock(
      port,
      () => `MCPE;Unity bedrock;527;1.21.50;${online};20;123456;My level;Survival;1;19132;19133;`,
    );
    service.version("unconnected ping, protocol 527");
    try {
      const collect = () => service.collect({ game: "mbe", host: "127.0.0.1", port });
      const { value, labels } = await collect();
      expect([value("game_players"), value("game_players_max")]).toEqual([3, 20]);
      expect(value("game_latency_seconds")).toBeGreaterThan(0);
      expect(labels("game_info")).toMatchObject({ name: "Unity bedrock", version: "1.21.50", map: "My level" });
      online = 20;
      expect((await collect()).value("game_players_ratio")).toBe(1);
    } finally {
      await server.close();
    }
  });
});

describeService("game-server", "A2S", (service) => {
  let port = 0;
  let server: Awaited<ReturnType<typeof serveSource>>;
  const collect = (config = {}, options = {}) =>
    service.collect({ game: "counterstrike2", host: "127.0.0.1", port, ...config }, options);

  beforeAll(async () => {
    port = await service.port();
    server = await serveSource(port);
    service.version("A2S_INFO, protocol 17");
  });
  afterAll(() => server.close());

  test("tells people from bots, the map and the password", async () => {
    server.players = ["anna", "bert"];
    server.bots = 3;
    server.hasPassword = true;
    const { value, labels, failure } = await collect();
    expect(failure).toBeUndefined();
    expect([value("game_players"), value("game_bots"), value("game_players_max")]).toEqual([2, 3, 10]);
    expect(value("game_password_protected")).toBe(1);
    expect(labels("game_info")).toMatchObject({ name: "Unity test", map: "de_dust2", version: "1.38.8.1" });
    expect(value("game_player_online", { player: "anna" })).toBeUndefined();
  });

  test("names come in parts and in any order", async () => {
    server.players = ["anna", "bert", "carol with a long name", "dave with a long name"];
    server.bots = 0;
    const { readings } = await collect({ playerNames: true });
    const names = readings.filter(({ metric }) => metric === "game_player_online").map(({ labels }) => labels.player);
    expect(names.sort()).toEqual([...server.players].sort());
  });

  test("notices that the map changed", async () => {
    const memory = service.memory();
    expect((await collect({}, { memory })).value("game_map_changed_timestamp_seconds")).toBeUndefined();
    server.map = "de_inferno";
    const now = Date.now() + 60_000;
    const { value } = await collect({}, { memory, now });
    expect(value("game_map_changed_timestamp_seconds")).toBe(now / 1_000);
  });

  test("the same server is found as another game of its kind, on a port beside the players'", async () => {
    expect((await collect({ game: "protocol-valve" })).value("game_online")).toBe(1);
    expect((await collect({ game: "valheim", port: port - 1 })).value("game_online")).toBe(1);
  });

  test("a port where nobody answers is down", async () => {
    const { failure, value } = await collect({ port: await service.port(), probeTimeoutMs: 200 });
    expect(["timeout", "unreachable"]).toContain(failure?.reason);
    expect(value("game_online")).toBe(0);
  });
});

describeService("game-server", "Quake3", (service) => {
  let port = 0;
  let server: Running;
  const collect = (options = {}) => service.collect({ game: "openarena", host: "127.0.0.1", port }, options);
  /** Asked often it leaves questions unanswered. */
  const collectAnswered = async (options = {}) => {
    let seen = await collect(options);
    await service.until(async () => {
      if (seen.value("game_online") === 1) return true;
      seen = await collect(options);
      return false;
    });
    return seen;
  };
  const command = async (line: string) => {
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) =>
      socket.send(Buffer.from(`\xff\xff\xff\xffrcon word ${line}`, "latin1"), port, "127.0.0.1", () => resolve()),
    );
    socket.close();
  };

  beforeAll(async () => {
    port = await service.port();
    const settings = {
      dedicated: 1,
      net_enabled: 1,
      net_ip: "127.0.0.1",
      net_port: port,
      sv_hostname: "Unity ^1test",
      sv_maxclients: 9,
      rconPassword: "word",
      fs_homepath: service.folder,
      bot_enable: 1,
      bot_minplayers: 0,
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ["+set", name, String(value)]);
    server = await service.start("/usr/games/openarena-server", [...args, "+map", "oa_dm1"], {
      ready: async () => (await collect()).value("game_online") === 1,
    });
    service.version((await collectAnswered()).labels("game_info")?.version ?? "");
  });

  test("tells name without colours, map and room", async () => {
    const { value, labels } = await collectAnswered();
    expect(labels("game_info")).toMatchObject({ name: "Unity test", map: "oa_dm1" });
    expect([value("game_players"), value("game_bots"), value("game_players_max")]).toEqual([0, 0, 9]);
    expect(value("game_password_protected")).toBe(0);
  });

  test("counts bots that were added, and sees another map", async () => {
    const memory = service.memory();
    await collectAnswered({ memory });
    await command("addbot gargoyle");
    await service.until(async () => {
      const { value } = await collect();
      return value("game_bots") === 1 && value("game_players") === 0;
    });
    await command("map oa_dm2");
    // Some questions stay unanswered, so none of them is for nothing.
    await service.until(async () => {
      const { labels, value } = await collect({ memory });
      if (labels("game_info")?.map !== "oa_dm2") return false;
      expect(value("game_map_changed_timestamp_seconds")).toBeGreaterThan(0);
      return true;
    });
  });

  test("a stopped server does not answer", async () => {
    await server.stop();
    const { failure, value } = await service.collect({
      game: "openarena",
      host: "127.0.0.1",
      port,
      probeTimeoutMs: 300,
    });
    expect(["timeout", "unreachable"]).toContain(failure?.reason);
    expect(value("game_online")).toBe(0);
  });
});

describeService("game-server", "Mumble", (service) => {
  test("tells room and version", async () => {
    const port = await service.port();
    const folder = join(service.folder, "mumble");
    // It gives up root's rights before it opens its database.
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const lines = [
      `database=${folder}/db.sqlite`,
      `port=${port}`,
      "host=127.0.0.1",
      "users=37",
      "ice=",
      "dbus=",
      "logfile=",
      "bonjour=false",
    ];
    writeFileSync(join(folder, "mumble.ini"), `${lines.join("\n")}\n`);
    await service.start("murmurd", ["-fg", "-ini", join(folder, "mumble.ini")], { port });
    const collect = () => service.collect({ game: "mumble", host: "127.0.0.1", port });
    // It listens for connections before it answers pings.
    let seen = await collect();
    await service.until(async () => {
      seen = await collect();
      return seen.failure === undefined;
    });
    const { value, labels } = seen;
    expect([value("game_players"), value("game_players_max")]).toEqual([0, 37]);
    expect(labels("game_info")?.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(value("game_latency_seconds")).toBeGreaterThan(0);
    service.version(`Mumble ${labels("game_info")?.version}`);
  });
});
