import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openServed } from "../../server/http/test-matrix";
import { describeService } from "../services/describe-service";
import { readFencedBlocks } from "./fenced-blocks";
import { ROOT } from "./list-pages";

/** The lines of a block, as its page has them. */
function linesOf(page: string, start: string): string[] {
  const blocks = readFencedBlocks(readFileSync(join(ROOT, page), "utf8"));
  const block = blocks.find(({ language, text }) => language === "sh" && text.startsWith(start));
  if (!block) throw new Error(`${page} has no block that begins with ${start}.`);
  return block.text.trimEnd().split("\n");
}

describeService("docs", "commands", (service) => {
  let folders = 0;
  const makeFolder = () => {
    const folder = join(service.folder, `${++folders}`);
    mkdirSync(folder);
    return folder;
  };

  /** A data folder of a Unity that has an admin, and a channel with a secret. */
  async function makeData(): Promise<string> {
    const folder = makeFolder();
    const served = await openServed({ UNITY_DATA: folder });
    await callAsAdmin(served, "channels.create", {
      ...{ kind: "gotify", name: "Phone" },
      config: { url: "https://gotify.home", token: "a secret" },
    });
    await served.close();
    return folder;
  }

  async function callAsAdmin(served: { url: string; cookie: string }, procedure: string, input: object) {
    const headers = { "content-type": "application/json", cookie: served.cookie };
    const body = JSON.stringify(input);
    const answer = await fetch(`${served.url}/api/trpc/${procedure}`, { method: "POST", headers, body });
    const { result } = await answer.json();
    expect(answer.status).toBe(200);
    return result.data;
  }

  /** Runs a line with what is different here put in. @returns both streams */
  function runLine(
    line: string | undefined,
    {
      instead = {},
      cwd = ROOT,
      ...more
    }: { instead?: Record<string, string>; env?: Record<string, string>; input?: string; cwd?: string },
  ): Promise<string> {
    const text = Object.entries(instead).reduce((all, [word, own]) => {
      expect(line).toContain(word);
      return all.replaceAll(word, own);
    }, line ?? "");
    return service.run("sh", ["-c", `{ ${text}\n} 2>&1`], { cwd, ...more });
  }

  test.each(["docs/accounts.md", "docs/troubleshooting.md"])("%s: somebody gets in again", async (page) => {
    const [list, password, unlock, ...more] = linesOf(page, "npm run unity -- people");
    expect(more).toEqual([]);
    const env = { UNITY_DATA: await makeData() };
    expect(await runLine(list, { env })).toContain("ada  admin  Ada");
    expect(await runLine(password, { env, input: "another horse battery\n" })).toContain("Ada has a new password");
    expect(await runLine(unlock, { env })).toContain("signs in with the password alone");
  });

  test("docs/secrets.md: secrets are looked at, and get another key", async () => {
    const [status, rotate, reset, ...more] = linesOf("docs/secrets.md", "npm run unity -- secrets");
    expect(more).toEqual([]);
    const env = { UNITY_DATA: await makeData() };
    const key = readFileSync(join(env.UNITY_DATA, "secret.key"), "utf8");
    expect(await runLine(status, { env })).toMatch(/\d secrets?/);
    await runLine(rotate, { env });
    expect(readFileSync(join(env.UNITY_DATA, "secret.key"), "utf8")).not.toBe(key);
    // As on a machine that never had the key.
    for (const name of readdirSync(env.UNITY_DATA).filter((one) => one.startsWith("secret.key")))
      rmSync(join(env.UNITY_DATA, name));
    const without = { ...env, UNITY_SECRET_KEY: "0".repeat(64) };
    expect(await runLine(status, { env: without })).toContain("which is not here");
    await runLine(reset, { env: without });
    expect(await runLine(status, { env: without })).toContain("which is here");
  });

  test("docs/backup.md: one file, and back", async () => {
    const [backup, restore, ...more] = linesOf("docs/backup.md", "npm run backup");
    expect(more).toEqual([]);
    const [data, empty, nas] = [await makeData(), makeFolder(), makeFolder()];
    const instead = { "/mnt/nas": nas };
    await runLine(backup, { instead, env: { UNITY_DATA: data } });
    copyFileSync(join(data, "secret.key"), join(empty, "secret.key"));
    await runLine(restore, { instead, env: { UNITY_DATA: empty } });
    const [list] = linesOf("docs/accounts.md", "npm run unity -- people");
    expect(await runLine(list, { env: { UNITY_DATA: empty } })).toContain("ada  admin  Ada");
  });

  test("docs/moving.md: out, into another database, and both in one", async () => {
    const [out, into, both, ...more] = linesOf("docs/moving.md", "npm run unity -- export");
    expect(more).toEqual([]);
    const [data, other] = [await makeData(), makeFolder()];
    const env = { UNITY_DATA: data };
    const archive = join(other, "home.unity");
    const server = "postgres://unity:secret@nas/unity";
    await runLine(out, { env, instead: { "home.unity": archive } });
    await runLine(into, { env, instead: { "home.unity": archive, [server]: `sqlite:${other}/imported.db` } });
    const places = { "sqlite:data/": `sqlite:${data}/`, "mysql://unity:secret@nas/unity": `sqlite:${other}/moved.db` };
    await runLine(both, { env, instead: places });
    expect(readdirSync(other)).toEqual(expect.arrayContaining(["home.unity", "imported.db", "moved.db"]));
  });

  test("docs/push.md: curl pushes", async () => {
    const [line, ...more] = linesOf("docs/push.md", "curl");
    expect(more).toEqual([]);
    const served = await openServed();
    try {
      const draft = { name: "Greeter", scopes: ["send"], expiresInDays: 1 };
      const { secret } = await callAsAdmin(served, "tokens.create", draft);
      const instead = { "unity_...": secret, "http://unity.lan:3000": served.url };
      expect(await runLine(line, { instead })).toBe("");
      const { unity } = served;
      const instance = unity.instances.list().find(({ name }) => name === "Greeter");
      const series = unity.series.ofInstance(instance?.id ?? "").find(({ metric }) => metric === "greeting");
      expect(unity.store.latest([series?.id ?? 0])).toMatchObject([{ value: 1 }]);
    } finally {
      await served.close();
    }
  });

  test("docs/assistants.md: a bundle in a file", async () => {
    const [line, ...more] = linesOf("docs/assistants.md", "UNITY_URL");
    expect(more).toEqual([]);
    const served = await openServed();
    try {
      const draft = { name: "Assistant", scopes: ["read"], expiresInDays: 1 };
      const { secret } = await callAsAdmin(served, "tokens.create", draft);
      const file = join(makeFolder(), "day.md");
      const instead = { "http://unity.lan:3000": served.url, "day.md": file };
      await runLine(line, { instead, env: { UNITY_TOKEN: secret } });
      expect(readFileSync(file, "utf8")).toMatch(/^# Unity, /);
    } finally {
      await served.close();
    }
  });

  test("docs/tokens.md, docs/backup.md: curl with a token", async () => {
    const [ask] = linesOf("docs/tokens.md", "curl");
    const [download] = linesOf("docs/backup.md", "curl");
    const served = await openServed();
    try {
      const draft = { name: "Script", scopes: ["read", "administer"], expiresInDays: 1 };
      const { secret } = await callAsAdmin(served, "tokens.create", draft);
      const said = await runLine(ask, { instead: { "unity_...": secret, "http://unity.lan:3000": served.url } });
      expect(said).toContain('{"result":{"data":[{');
      const folder = makeFolder();
      const instead = { "http://unity.home:3000": served.url };
      await runLine(download, { instead, cwd: folder, env: { TOKEN: secret } });
      const [file = "", ...others] = readdirSync(folder);
      expect([file, others]).toEqual([expect.stringMatching(/^unity-backup-[\w-]+\.unity$/), []]);
      const [entry] = await served.unity.audit.list({ action: "backup.download", outcome: "done", limit: 1 });
      expect(entry).toMatchObject({ details: { facts: { bytes: statSync(join(folder, file)).size } } });
    } finally {
      await served.close();
    }
  });
});
