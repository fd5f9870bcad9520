import { pbkdf2Sync, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";
import { makeEndlessTorrent, makeTorrent } from "./test-torrent";

const PASSWORD = "a test password";
const TORRENT_BYTES = 1_048_576;

describeService("download-manager", "qBittorrent", (service) => {
  let config = {};
  let url = "";
  let running: Running;
  let cookie = "";
  const call = (path: string, body: FormData | URLSearchParams) =>
    fetch(`${url}/api/v2/${path}`, { method: "POST", body, headers: { cookie, referer: url } });

  beforeAll(async () => {
    const port = await service.port();
    url = `http://127.0.0.1:${port}`;
    config = { type: "qbittorrent", url, username: "unity", password: PASSWORD, perItem: true };
    const salt = randomBytes(16);
    const hash = pbkdf2Sync(PASSWORD, salt, 100_000, 64, "sha512");
    mkdirSync(join(service.folder, "qBittorrent/config"), { recursive: true });
    writeFileSync(
      join(service.folder, "qBittorrent/config/qBittorrent.conf"),
      `[LegalNotice]\nAccepted=true\n[Preferences]\nWebUI\\Address=127.0.0.1\nWebUI\\Port=${port}\nWebUI\\Username=unity
WebUI\\Password_PBKDF2="@ByteArray(${salt.toString("base64")}:${hash.toString("base64")})"\n[BitTorrent]
Session\\DefaultSavePath=${service.folder}\nSession\\DHTEnabled=false\nSession\\LSDEnabled=false\nSession\\PeXEnabled=false
Session\\Interface=lo\nSession\\InterfaceName=lo\nSession\\Port=${await service.port()}\n`,
    );
    running = await service.start("qbittorrent-nox", [`--profile=${service.folder}`], { port });
    service.version(await service.run("qbittorrent-nox", ["--version"]));
    const answer = await call("auth/login", new URLSearchParams({ username: "unity", password: PASSWORD }));
    cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  });

  const add = async (torrent: Buffer) => {
    const form = new FormData();
    form.set("torrents", new Blob([Uint8Array.from(torrent)]), "a.torrent");
    form.set("savepath", service.folder);
    await call("torrents/add", form);
  };

  test("sees a torrent that seeds and one that nobody has", async () => {
    await add(makeTorrent(service.folder));
    await add(makeEndlessTorrent());
    let seen = await service.collect(config);
    await service.until(async () => {
      seen = await service.collect(config);
      return (
        seen.value("download_items", { state: "seeding" }) === 1 &&
        seen.value("download_items", { state: "stalled" }) === 1
      );
    });
    expect(seen.value("download_queue_remaining_bytes")).toBe(TORRENT_BYTES);
    expect(seen.value("download_item_progress_ratio", { item: "unity-test.bin" })).toBe(1);
    expect(seen.value("download_free_bytes")).toBeGreaterThan(0);
    expect(seen.value("download_stuck")).toBe(1);
    expect(seen.partial).toEqual([]);
  });

  test("keeps its session, and opens a new one when it was ended", async () => {
    const memory = service.memory();
    expect((await service.collect(config, { memory })).failure).toBeUndefined();
    const first = memory.recall<string>("cookie")?.value ?? "";
    await service.collect(config, { memory });
    expect(memory.recall<string>("cookie")?.value).toBe(first);
    await fetch(`${url}/api/v2/auth/logout`, { method: "POST", headers: { cookie: first, referer: url } });
    expect((await service.collect(config, { memory })).failure).toBeUndefined();
    expect(memory.recall<string>("cookie")?.value).not.toBe(first);
  });

  test("a wrong password is auth, a stopped program unreachable", async () => {
    expect((await service.collect({ ...config, password: "wrong" })).failure?.reason).toBe("auth");
    await running.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
  });
});
