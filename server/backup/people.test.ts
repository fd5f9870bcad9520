import { join } from "node:path";
import { expect, test } from "vitest";
import { type Accounts, NO_ACCOUNT_SETTINGS, openAccounts } from "../auth/accounts";
import { totp } from "../auth/test-browser";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { closeFile, makeFolder, openFile } from "../move/test-folder";
import { createSecretReader } from "../vault/secret-reader";
import { type Env, KEY_ONE, KEY_TWO, PASSPHRASE, unity, vaultOf } from "./test-backups";

const PASSWORD = "one person alone at home";

/** Opened, used and closed. */
async function withAccounts<T>(file: string, env: Env, work: (accounts: Accounts) => Promise<T>): Promise<T> {
  const stores = await openFile(file);
  const vault = await vaultOf(stores, env);
  const reader = createSecretReader({ vault, env: {}, folder: "/run/secrets", keyFiles: [] });
  const accounts = await openAccounts({
    ...{ connection: stores.connection, secrets: { ...vault, ...reader }, settings: NO_ACCOUNT_SETTINGS },
    ...{ clock: systemClock, log: createLog("silent"), findToken: async () => undefined, tell: () => undefined },
  });
  try {
    return await work(accounts);
  } finally {
    await closeFile(stores);
  }
}

async function ask(accounts: Accounts, path: string, body: object, cookie = "") {
  const headers = { "content-type": "application/json", cookie };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await accounts.answer(new Request(`http://unity.home/api/auth${path}`, init));
  const cookies = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, cookie: cookies.join("; ") };
}
const signIn = (accounts: Accounts) => ask(accounts, "/sign-in/username", { username: "ada", password: PASSWORD });

test("on another machine everybody has the password and the second factor they had, and nobody is signed in", async () => {
  const folder = await makeFolder();
  const at = (name: string) => join(folder, `${name}.db`);
  const own = { UNITY_DATA: folder, UNITY_SECRET_KEY: KEY_ONE, UNITY_BACKUP_PASSPHRASE: PASSPHRASE };
  const other = { ...own, UNITY_DATA: join(folder, "elsewhere"), UNITY_SECRET_KEY: KEY_TWO };
  const { cookie, uri } = await withAccounts(at("a"), own, async (accounts) => {
    const draft = { name: "Ada", username: "ada", password: PASSWORD };
    await accounts.firstRun.make(draft, { token: undefined, local: true });
    const session = await signIn(accounts);
    const enabled = await ask(accounts, "/two-factor/enable", { password: PASSWORD }, session.cookie);
    const totpUri = String(enabled.body.totpURI);
    expect((await ask(accounts, "/two-factor/verify-totp", { code: totp(totpUri) }, session.cookie)).status).toBe(200);
    return { cookie: session.cookie, uri: totpUri };
  });
  const file = join(folder, "a.unity");
  await unity(["backup", file, "--from", `sqlite:${at("a")}`], own);
  await unity(["restore", file, "--to", `sqlite:${at("b")}`], other);
  await withAccounts(at("b"), other, async (accounts) => {
    expect(await accounts.firstRun.isOpen()).toBe(false);
    expect((await accounts.identify({ cookie })).visitor.role).toBeNull();
    const waiting = await signIn(accounts);
    expect(waiting.body).toMatchObject({ twoFactorRedirect: true });
    const signed = await ask(accounts, "/two-factor/verify-totp", { code: totp(uri) }, waiting.cookie);
    expect(signed.status).toBe(200);
    expect((await accounts.identify({ cookie: signed.cookie })).visitor).toMatchObject({ name: "Ada", role: "admin" });
  });

  await unity(["restore", file, "--to", `sqlite:${at("c")}`, "--without-secrets"], other);
  await withAccounts(at("c"), other, async (accounts) => {
    expect(await accounts.firstRun.isOpen()).toBe(true);
    expect((await signIn(accounts)).status).toBe(401);
  });
});
