import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeService } from "../../scripts/services/describe-service";
import type { Running } from "../../scripts/services/start-process";

const PASSWORD = "a test password";

describeService("download-manager", "aria2", (service) => {
  const files = createServer((_, response) => response.end("x".repeat(5_000)));
  let config = {};
  let running: Running;
  let call: (method: string, ...params: unknown[]) => Promise<void>;

  beforeAll(async () => {
    const port = await service.port();
    const url = `http://127.0.0.1:${port}`;
    config = { type: "aria2", url, rpcSecret: PASSWORD.replaceAll(" ", "-"), perItem: true };
    const secret = PASSWORD.replaceAll(" ", "-");
    const args = [`--rpc-listen-port=${port}`, `--rpc-secret=${secret}`, "--enable-rpc", "--enable-dht=false"];
    running = await service.start("aria2c", [...args, `--dir=${service.folder}`, "--disable-ipv6"], { port });
    service.version(await service.run("aria2c", ["--version"]));
    await new Promise<void>((done) => files.listen(0, "127.0.0.1", done));
    call = async (method, ...params) => {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [`token:${secret}`, ...params] });
      const answer = await fetch(`${url}/jsonrpc`, { method: "POST", body });
      expect((await answer.json()).error, method).toBeUndefined();
    };
  });
  afterAll(() => void files.close());

  test("sees what is complete, failed and paused", async () => {
    const { port } = files.address() as AddressInfo;
    await call("aria2.addUri", [`http://127.0.0.1:${port}/done.bin`]);
    await call("aria2.addUri", [`http://127.0.0.1:${await service.port()}/never.bin`], { "max-tries": "1" });
    await call("aria2.addUri", [`http://127.0.0.1:${port}/waits.bin`], { pause: "true" });
    let seen = await service.collect(config);
    await service.until(async () => {
      seen = await service.collect(config);
      return ["completed", "error", "paused"].every((state) => seen.value("download_items", { state }) === 1);
    });
    expect(seen.value("download_item_progress_ratio", { item: "done.bin" })).toBe(1);
  });

  test("a wrong secret is auth, a stopped program unreachable", async () => {
    expect((await service.collect({ ...config, rpcSecret: "wrong" })).failure?.reason).toBe("auth");
    await running.stop();
    expect((await service.collect(config)).failure?.reason).toBe("unreachable");
  });
});
