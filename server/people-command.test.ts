import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./auth/test-browser";
import { openServed } from "./http/test-matrix";
import { runPeople } from "./people-command";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-people-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(words: string, typed = ""): Promise<string> {
  let shown = "";
  const input = (async function* () {
    yield typed;
  })();
  const screen = { write: (text: string) => (shown += text) };
  await runPeople(words.split(" "), { env: { UNITY_DATA: folder }, screen, input });
  return shown;
}

test("who forgot the password, and is at the machine, gets in again", async () => {
  const served = await openServed({ UNITY_DATA: folder });
  expect(await run("list")).toBe("ada  admin  Ada  credential\n");
  await expect(run("password ada", "another horse battery\n")).rejects.toThrow(/in use|uses it|stop/i);
  const browser = openBrowser(served.url);
  await browser.signIn("ada", "correct horse battery");
  const { jar } = browser;
  await served.close();

  await expect(run("password nobody", "x\n")).rejects.toThrow('Nobody signs in as "nobody"');
  await expect(run("password ada", "short\n")).rejects.toThrow("10 to 200 characters");
  const said = await run("password ada", "another horse battery\r\nnot this\n");
  expect(said).toContain("Ada has a new password");
  expect(said).not.toContain("another horse");
  expect(await run("unlock ada")).toContain("signs in with the password alone");

  const again = await openServed({ UNITY_DATA: folder, as: "nobody" });
  try {
    const later = openBrowser(again.url);
    for (const [name, value] of jar) later.jar.set(name, value);
    expect((await later.me()).role).toBeNull();
    expect((await later.signIn("ada", "correct horse battery")).status).toBe(401);
    expect((await later.signIn("ada", "another horse battery")).status).toBe(200);
    const line = { actor: "this machine", via: "command", outcome: "done", subject: "Ada" };
    expect(await again.unity.audit.list({ action: "people", limit: 5 })).toMatchObject([
      { ...line, action: "people.resetFactors" },
      { ...line, action: "people.setPassword" },
    ]);
  } finally {
    await again.close();
  }
});

test("a word that is not known says what there is", async () => {
  for (const words of ["", "drop", "list all", "password", "password ada now"])
    await expect(run(words)).rejects.toMatchObject({ name: "WrongUse" });
});
