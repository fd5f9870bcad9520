import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Service } from "../../scripts/services/service";
import type { Running } from "../../scripts/services/start-process";

const BYTES = 100_000;

interface Peer {
  readonly id: string;
  readonly config: { readonly url: string; readonly apiKey: string };
  readonly address: string;
  readonly folder: string;
  readonly running: Running;
  call(method: string, path: string, body?: object): Promise<void>;
}

/** One Syncthing that speaks to nobody outside this machine. */
async function startPeer(service: Service, name: string): Promise<Peer> {
  const home = join(service.folder, name);
  const env = { STNODEFAULTFOLDER: "1" };
  await service.run("syncthing", ["generate", `--home=${home}`, "--no-default-folder"], { env });
  const [gui, sync] = [await service.port(), await service.port()];
  const address = `tcp://127.0.0.1:${sync}`;
  const file = join(home, "config.xml");
  const settings = {
    listenAddress: address,
    globalAnnounceEnabled: false,
    localAnnounceEnabled: false,
    relaysEnabled: false,
    natEnabled: false,
    urAccepted: -1,
    autoUpgradeIntervalH: 0,
    crashReportingEnabled: false,
    reconnectionIntervalS: 1,
  };
  let xml = readFileSync(file, "utf8").replace(/(<gui[^>]*>\s*<address>)[^<]*/, `$1127.0.0.1:${gui}`);
  for (const [key, value] of Object.entries(settings))
    xml = xml.replace(new RegExp(`<${key}>[^<]*</${key}>`), `<${key}>${value}</${key}>`);
  writeFileSync(file, xml);
  const running = await service.start("syncthing", ["serve", "--no-browser", "--no-restart", `--home=${home}`], {
    port: gui,
    env,
  });
  const config = { url: `http://127.0.0.1:${gui}`, apiKey: /<apikey>([^<]*)/.exec(xml)?.[1] ?? "" };
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${config.url}${path}`, {
      method,
      headers: { "x-api-key": config.apiKey },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const { myID: id } = await (await ask("GET", "/rest/system/status")).json();
  const folder = join(service.folder, `${name}-data`);
  mkdirSync(folder);
  const call = async (method: string, path: string, body?: object) => {
    const answer = await ask(method, path, body);
    expect(answer.status, `${method} ${path}: ${await answer.text()}`).toBe(200);
  };
  return { id, config, address, folder, running, call };
}

describeService("syncthing", "Syncthing 1", (service) => {
  let here: Peer;
  let there: Peer;
  /** @throws Error while the folder is still being set up, or stands still for an error */
  const scan = (peer: Peer) => peer.call("POST", "/rest/db/scan?folder=photos");

  beforeAll(async () => {
    here = await startPeer(service, "here");
    there = await startPeer(service, "there");
    service.version((await service.run("syncthing", ["--version"])).replace(/ ".*$/s, ""));
    for (const [own, other, name] of [
      [here, there, "there"],
      [there, here, "here"],
    ] as const) {
      await own.call("POST", "/rest/config/devices", { deviceID: other.id, name, addresses: [other.address] });
      await own.call("POST", "/rest/config/folders", {
        id: "photos",
        label: "Photos",
        path: own.folder,
        devices: [{ deviceID: here.id }, { deviceID: there.id }],
        fsWatcherEnabled: false,
      });
    }
  });

  test("sees a file arrive at the other device", async () => {
    writeFileSync(join(here.folder, "a.bin"), Buffer.alloc(BYTES, "x"));
    await service.until(() => scan(here).then(() => true));
    await service.until(async () => {
      const seen = await service.collect(there.config);
      return seen.value("syncthing_folder_local_bytes", { folder: "Photos" }) === BYTES;
    });
    // Each tells of itself, and of the other what it was told.
    await service.until(async () => {
      const seen = await service.collect(here.config);
      expect(seen.failure ?? seen.partial).toEqual([]);
      expect(seen.value("syncthing_folder_completion_ratio", { folder: "Photos" })).toBe(1);
      expect(seen.value("syncthing_device_connected", { device: "there" })).toBe(1);
      expect(seen.value("syncthing_devices", { state: "connected" })).toBe(1);
      expect(seen.value("syncthing_sent_bytes_total", { device: "there" })).toBeGreaterThanOrEqual(BYTES);
      expect(seen.value("syncthing_listener_ok", { listener: here.address })).toBe(1);
      expect(seen.labels("syncthing_info")?.id).toBe(here.id);
      return true;
    });
  });

  test("sees what could not be done: a folder deleted elsewhere has something in it that is ignored here", async () => {
    mkdirSync(join(here.folder, "album"));
    await service.until(() => scan(here).then(() => true));
    await service.until(() => existsSync(join(there.folder, "album")));
    writeFileSync(join(there.folder, ".stignore"), "keep\n");
    writeFileSync(join(there.folder, "album", "keep"), "x");
    await service.until(() => scan(there).then(() => true));
    rmSync(join(here.folder, "album"), { recursive: true });
    await service.until(() => scan(here).then(() => true));
    let seen = await service.collect(there.config);
    await service.until(async () => {
      seen = await service.collect(there.config);
      return seen.value("syncthing_folder_pull_errors", { folder: "Photos" }) === 1;
    });
    expect(seen.value("syncthing_folder_need_items", { folder: "Photos" })).toBe(1);
    expect(seen.value("syncthing_folder_completion_ratio", { folder: "Photos" })).toBe(0.95);
    expect(seen.value("syncthing_folder_waiting_seconds", { folder: "Photos" })).toBe(0);
  });

  test("sees a folder that an error has stopped, and one that is paused", async () => {
    rmSync(join(here.folder, ".stfolder"), { recursive: true });
    await service.until(async () => {
      // It answers that it cannot.
      await scan(here).catch(() => {});
      return (await service.collect(here.config)).value("syncthing_folder_error", { folder: "Photos" }) === 1;
    });
    await here.call("PATCH", "/rest/config/folders/photos", { paused: true });
    await service.until(
      async () => (await service.collect(here.config)).value("syncthing_folder_paused", { folder: "Photos" }) === 1,
    );
  });

  test("sees a device that went away", async () => {
    await there.running.stop();
    let seen = await service.collect(here.config);
    await service.until(async () => {
      seen = await service.collect(here.config);
      return seen.value("syncthing_device_connected", { device: "there" }) === 0;
    });
    expect(seen.value("syncthing_device_gone", { device: "there" })).toBe(0);
  });

  test("a wrong key is auth, a stopped service unreachable", async () => {
    expect((await service.collect({ ...here.config, apiKey: "wrong" })).failure?.reason).toBe("auth");
    await here.running.stop();
    expect((await service.collect(here.config)).failure?.reason).toBe("unreachable");
  });
});
