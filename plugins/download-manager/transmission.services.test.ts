import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";
import { makeEndlessTorrent, makeTorrent } from "./test-torrent";

const PASSWORD = "a test password";

describeService("download-manager", "Transmission", (service) => {
  let config = {};
  let running: Running;
  let rpc: (method: string, args: object) => Promise<void>;

  beforeAll(async () => {
    const port = await service.port();
    const url = `http://127.0.0.1:${port}`;
    config = { type: "transmission", url, username: "unity", password: PASSWORD, perItem: true };
    writeFileSync(
      join(service.folder, "settings.json"),
      JSON.stringify({
        "rpc-bind-address": "127.0.0.1",
        "rpc-port": port,
        "rpc-authentication-required": true,
        "rpc-username": "unity",
        "rpc-password": PASSWORD,
        "dht-enabled": false,
        "lpd-enabled": false,
        "pex-enabled": false,
        "utp-enabled": false,
        "port-forwarding-enabled": false,
        "bind-address-ipv4": "127.0.0.1",
        "bind-address-ipv6": "::1",
        "peer-port": await service.port(),
        "download-dir": service.folder,
      }),
    );
    running = await service.start("transmission-daemon", ["-f", "-g", service.folder], { port });
    // It says its version where others say errors.
    service.version(await service.run("sh", ["-c", "transmission-daemon --version 2>&1"]));
    const authorization = `Basic ${Buffer.from(`unity:${PASSWORD}`).toString("base64")}`;
    const refused = await fetch(`${url}/transmission/rpc`, { headers: { authorization } });
    const headers = {
      authorization,
      "x-transmission-session-id": refused.headers.get("x-transmission-session-id") ?? "",
    };
    rpc = async (method, args) => {
      const body = JSON.stringify({ method, arguments: args });
      const answer = await fetch(`${url}/transmission/rpc`, { method: "POST", headers, body });
      expect(await answer.json()).toMatchObject({ result: "success" });
    };
  });

  test("sees what seeds, what is stopped and the space left", async () => {
    const metainfo = (torrent: Buffer) => ({
      metainfo: torrent.toString("base64"),
      "download-dir": service.folder,
    });
    await rpc("torrent-add", metainfo(makeTorrent(service.folder)));
    await rpc("torrent-add", { ...metainfo(makeEndlessTorrent()), paused: true });
    // Each is checked first, one after the other.
    let seen = await service.collect(config);
    await service.until(async () => {
      seen = await service.collect(config);
      const inState = (state: string) => seen.value("download_items", { state });
      return inState("seeding") === 1 && inState("paused") === 1;
    });
    expect(seen.value("download_queue_remaining_bytes")).toBe(0);
    expect(seen.value("download_free_bytes", { path: service.folder })).toBeGreaterThan(0);
    await rpc("torrent-stop", {});
    await service.until(
      async () => (await service.collect(config)).value("download_items", { state: "completed" }) === 1,
    );
  });

  test("a wrong password is auth, a stopped program unreachable", async () => {
    expect((await service.collect({ ...config, password: "wrong" })).failure?.reason).toBe("auth");
    await running.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
  });
});
