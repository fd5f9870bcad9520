import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";

const PASSWORD = "a test password";

describeService("download-manager", "NZBGet", (service) => {
  let config = {};
  let running: Running;
  let call: (method: string, params: unknown[]) => Promise<void>;

  beforeAll(async () => {
    const port = await service.port();
    const url = `http://127.0.0.1:${port}`;
    config = { type: "nzbget", url, username: "unity", password: PASSWORD, perItem: true };
    const file = join(service.folder, "nzbget.conf");
    writeFileSync(file, await service.run("sh", ["-c", "zcat -f /usr/share/doc/nzbget/examples/nzbget.conf*"]));
    const options = {
      MainDir: service.folder,
      DestDir: join(service.folder, "dst"),
      ControlIP: "127.0.0.1",
      ControlPort: port,
      ControlUsername: "unity",
      ControlPassword: PASSWORD,
      OutputMode: "log",
      WebDir: "",
      UnrarCmd: "/bin/true",
      SevenZipCmd: "/bin/true",
    };
    mkdirSync(options.DestDir);
    const args = Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
    running = await service.start("nzbget", ["-s", "-c", file, ...args], { port });
    service.version(await service.run("nzbget", ["--version"]));
    const authorization = `Basic ${Buffer.from(`unity:${PASSWORD}`).toString("base64")}`;
    call = async (method, params) => {
      const body = JSON.stringify({ method, params });
      const answer = await fetch(`${url}/jsonrpc`, { method: "POST", headers: { authorization }, body });
      expect((await answer.json()).error, method).toBeUndefined();
    };
  });

  test("sees a paused download, a paused queue and the space left", async () => {
    const segments = [1, 2].map((n) => `<segment bytes="500000" number="${n}">${n}@unity</segment>`).join("");
    const nzb = `<?xml version="1.0"?><nzb xmlns="http://www.newzbin.com/DTD/2003/nzb"><file poster="a" date="1700000000"
      subject="&quot;a.bin&quot; yEnc (1/2)"><groups><group>a.b.test</group></groups><segments>${segments}</segments></file></nzb>`;
    const content = Buffer.from(nzb).toString("base64");
    await call("append", ["unity-test.nzb", content, "", 0, false, true, "", 0, "SCORE", []]);
    let seen = await service.collect(config);
    await service.until(async () => {
      seen = await service.collect(config);
      return seen.value("download_items", { state: "paused" }) === 1;
    });
    expect(seen.value("download_item_progress_ratio", { item: "unity-test" })).toBe(0);
    expect(seen.value("download_paused")).toBe(0);
    expect(seen.value("download_free_bytes")).toBeGreaterThan(0);
    await call("pausedownload", []);
    await service.until(async () => (await service.collect(config)).value("download_paused") === 1);
  });

  test("a wrong password is auth, a stopped program unreachable", async () => {
    expect((await service.collect({ ...config, password: "wrong" })).failure?.reason).toBe("auth");
    await running.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
  });
});
