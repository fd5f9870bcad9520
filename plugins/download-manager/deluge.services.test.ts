import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";
import { makeEndlessTorrent, makeTorrent } from "./test-torrent";

const TORRENT_BYTES = 1_048_576;

describeService("download-manager", "Deluge", (service) => {
  let config = {};
  let daemon: Running;
  let web: Running;
  let call: (method: string, params: unknown[]) => Promise<unknown>;

  beforeAll(async () => {
    const [port, daemonPort] = [await service.port(), await service.port()];
    const key = randomBytes(20).toString("hex");
    const folder = join(service.folder, "config");
    mkdirSync(folder);
    writeFileSync(join(folder, "auth"), `localclient:${key}:10\n`);
    const hosts = [["a".repeat(32), "127.0.0.1", daemonPort, "localclient", key]];
    writeFileSync(join(folder, "hostlist.conf"), `{"file":3,"format":1}${JSON.stringify({ hosts })}`);
    const loopback = ["-i", "127.0.0.1"];
    daemon = await service.start(
      "deluged",
      ["-d", "-c", folder, ...loopback, "-p", `${daemonPort}`, "-u", "127.0.0.1"],
      {
        port: daemonPort,
      },
    );
    web = await service.start("deluge-web", ["-d", "-c", folder, ...loopback, "-p", `${port}`], { port });
    service.version(await service.run("deluged", ["--version"]));
    const url = `http://127.0.0.1:${port}`;
    // The password it is delivered with.
    config = { type: "deluge", url, password: "deluge", perItem: true };
    let cookie = "";
    call = async (method, params) => {
      const headers = { "content-type": "application/json", cookie };
      const answer = await fetch(`${url}/json`, {
        method: "POST",
        headers,
        body: JSON.stringify({ method, params, id: 1 }),
      });
      cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      const { result, error } = await answer.json();
      expect(error, method).toBeNull();
      return result;
    };
    await call("auth.login", ["deluge"]);
  });

  test("connects the web interface to its daemon and sees what seeds", async () => {
    expect(await call("web.connected", [])).toBe(false);
    // The daemon listens before it lets anybody in.
    await service.until(async () => (await service.collect(config)).failure === undefined);
    expect(await call("web.connected", [])).toBe(true);
    const options = { download_location: service.folder };
    await call("core.set_config", [options]);
    await call("core.add_torrent_file", ["a", makeTorrent(service.folder).toString("base64"), options]);
    await call("core.add_torrent_file", ["b", makeEndlessTorrent().toString("base64"), options]);
    let seen = await service.collect(config);
    await service.until(async () => {
      seen = await service.collect(config);
      return (
        seen.value("download_items", { state: "seeding" }) === 1 &&
        seen.value("download_items", { state: "stalled" }) === 1
      );
    });
    expect(seen.value("download_queue_remaining_bytes")).toBe(TORRENT_BYTES);
    expect(seen.value("download_free_bytes", { path: service.folder })).toBeGreaterThan(0);
    expect(seen.value("download_paused")).toBe(0);
    expect(seen.partial).toEqual([]);
  });

  test("tells a paused session", async () => {
    await call("core.pause_session", []);
    await service.until(async () => (await service.collect(config)).value("download_paused") === 1);
  });

  test("a wrong password is auth; a stopped daemon or web interface is unreachable", async () => {
    expect((await service.collect({ ...config, password: "wrong" })).failure?.reason).toBe("auth");
    await daemon.stop();
    await service.until(async () => (await service.collect(config)).failure?.reason === "unreachable");
    await web.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
  });
});
