import { expect, test } from "vitest";
import { describeWith } from "../scripts/stores/describe-with";
import { createMysqlDatabase, createPostgresDatabase } from "./db/test-servers";
import { runDb } from "./db-command";
import { messageOf } from "./errors";

/** All that is said, to people and to programs. */
async function init(url: string) {
  const [said, told]: [string[], string[]] = [[], []];
  const screen = { write: (text: string) => said.push(text) };
  const out = { write: (text: string) => told.push(text) };
  const failed = await runDb(["init"], { env: { DATABASE_URL: url }, screen, out }).then(() => "", messageOf);
  return { failed, said: said.join(""), told: told.join("") };
}

test.each([
  ["", /What shall be done/],
  ["drop", /no "unity db drop"/],
  ["init now", /one word too many/],
])("unity db %s is refused", async (words, reason) => {
  const nobody = { write: () => true };
  const args = words.split(" ").filter(Boolean);
  await expect(runDb(args, { env: {}, screen: nobody, out: nobody })).rejects.toThrow(reason);
});

for (const [dialect, create] of [
  ["postgres", createPostgresDatabase],
  ["mysql", createMysqlDatabase],
] as const) {
  describeWith(dialect, (server) => {
    test("unity db init says what it did, hides the password, and is honest about how it ended", async () => {
      const { url, drop } = await create(server);
      await drop();
      const first = await init(url);
      expect(first).toMatchObject({
        failed: "",
        said: expect.stringMatching(/was missing and is created.+Migrations applied: \d/s),
      });
      expect(JSON.parse(first.told)).toMatchObject({ created: true, migrations: expect.any(Number), instances: 0 });
      const second = await init(url);
      expect(second).toMatchObject({ failed: "", said: expect.stringMatching(/is there.+Nothing was missing/s) });
      expect(JSON.parse(second.told)).toMatchObject({ created: false, migrations: 0 });
      const wrong = Object.assign(new URL(url), { password: "S3cretWord" });
      const refused = await init(wrong.href);
      expect(refused).toMatchObject({ failed: expect.stringMatching(/refused user/), told: "" });
      expect(JSON.stringify(refused)).not.toMatch(/S3cret/);
      expect(JSON.stringify(first)).not.toContain(decodeURIComponent(new URL(url).password));
      await drop();
    });
  });
}
