import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { startTestRedis } from "./test-redis-server";

/** The client is CommonJS: what it is called by differs between a package that is loaded and one that is bundled. */
test("the client works bundled, loaded late, as the built server has it", async () => {
  const redis = await startTestRedis();
  const folder = await mkdtemp(join(tmpdir(), "unity-redis-"));
  try {
    const entry = join(folder, "entry.ts");
    await writeFile(
      entry,
      `const { openRedis } = await import(${JSON.stringify(resolve("server/db/redis.ts"))});
       const values = openRedis(process.argv[2], { now: Date.now, told: async ({ available }) => {
         await values.put([{ key: "a", text: "b", ttlSeconds: 9 }]);
         console.log(available, await values.get("a"));
         process.exit();
       } });`,
    );
    await build({
      entryPoints: [entry],
      outdir: folder,
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      outExtension: { ".js": ".mjs" },
      banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    });
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "entry.mjs"), redis.url]);
    expect(stdout.trim()).toBe("true b");
  } finally {
    await redis.away();
    await rm(folder, { recursive: true, force: true });
  }
});
