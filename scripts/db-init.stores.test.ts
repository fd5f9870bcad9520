import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMysqlDatabase, createPostgresDatabase } from "../server/db/test-servers";
import { describeWith } from "./stores/describe-with";

function init(url: string) {
  const script = join(import.meta.dirname, "db-init.ts");
  const env = { ...process.env, DATABASE_URL: url };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script], {
    env,
    encoding: "utf8",
  });
  return { status, said: `${stdout}${stderr}` };
}

for (const [dialect, create] of [
  ["postgres", createPostgresDatabase],
  ["mysql", createMysqlDatabase],
] as const) {
  describeWith(dialect, (server) => {
    test("db:init says what it did, hides the password, and is honest about how it ended", async () => {
      const { url, drop } = await create(server);
      await drop();
      const first = init(url);
      expect(first).toMatchObject({
        status: 0,
        said: expect.stringMatching(/was missing and is created.+Migrations applied: \d/s),
      });
      expect(init(url)).toMatchObject({ status: 0, said: expect.stringMatching(/is there.+Nothing was missing/s) });
      const wrong = Object.assign(new URL(url), { password: "S3cretWord" });
      const refused = init(wrong.href);
      expect(refused).toMatchObject({ status: 1, said: expect.stringMatching(/refused user/) });
      expect(refused.said).not.toMatch(/S3cret/);
      expect(first.said).not.toContain(decodeURIComponent(new URL(url).password));
      await drop();
    });
  });
}
