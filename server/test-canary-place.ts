import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer as createProbe } from "node:net";
import { join } from "node:path";
import { errorCode } from "../plugins/sdk/errors";
import { openSqlite } from "./db/sqlite";
import { folders } from "./places";
import { makeCanary } from "./test-canary";

const NOW = 1_795_478_400_000;

export async function freePort(): Promise<number> {
  const probe = createProbe();
  await new Promise<void>((done) => void probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

/** As a version left it that did not encrypt: in pages of the file, in ones that were deleted since, and in the write-ahead log. */
export async function plantPlain(file: string, url: string): Promise<void> {
  const { db, schema, close } = await openSqlite(file, { migrationsFolder: join(folders.migrations, "sqlite") });
  const times = { createdAt: NOW, updatedAt: NOW };
  const row = { host: "h", enabled: false, intervalSeconds: 86_400, timeoutMs: 1_000, tags: [], ...times };
  for (let index = 0; index < 40; index += 1)
    await db.insert(schema.plugins).values({
      ...row,
      ...{ id: `plain-${index}`, plugin: index % 2 === 0 ? "syncthing" : "gone", name: `plain ${index}` },
      config: { url: "http://127.0.0.1:1", apiKey: makeCanary().repeat(20) },
    });
  const config = { url: url, token: makeCanary() };
  await db.insert(schema.channels).values({ id: "plain", kind: "gotify", name: "Plain", config, ...times });
  await db.insert(schema.settings).values({
    key: "notify.settings",
    value: { heartbeat: { url: `${url}/${makeCanary()}`, everySeconds: 10 } },
  });
  await close();
}

/** Those that there are, and one that is newer. */
export async function addMigration(where: string): Promise<void> {
  const own = join(folders.migrations, "sqlite");
  await mkdir(join(where, "meta"), { recursive: true });
  for (const name of (await readdir(own)).filter((one) => one.endsWith(".sql")))
    await writeFile(join(where, name), await readFile(join(own, name)));
  const journal = JSON.parse(await readFile(join(own, "meta", "_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  const last = journal.entries.at(-1);
  journal.entries.push({
    ...last,
    idx: journal.entries.length,
    when: (last?.when ?? 0) + 1,
    tag: "9999_later",
  } as never);
  await writeFile(join(where, "9999_later.sql"), "create table later (id integer primary key);");
  await writeFile(join(where, "meta", "_journal.json"), JSON.stringify(journal));
}

/** "" for one that its database just removed. */
export async function readWhole(name: string): Promise<string> {
  try {
    return await readFile(name, "latin1");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
}

export type Ask = (
  path: string,
  input?: unknown,
  method?: "GET" | "POST",
  /** Headers that say who asks. */
  who?: Record<string, string>,
) => Promise<{ status: number; text: string }>;

/** Over HTTP, as everybody gets it: with the errors as they are told. @param to.answers gets what comes back */
export async function askOverHttp(
  { url, answers }: { url: string; answers: Map<string, string> },
  [path, input, method = "GET", who]: Parameters<Ask>,
): ReturnType<Ask> {
  const asked = `${url}/api/trpc/${path}`;
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const headers = { ...who, "content-type": "application/json" };
  const response =
    method === "GET"
      ? await fetch(asked + query, { headers: { ...who } })
      : await fetch(asked, { method, headers, body: JSON.stringify(input) });
  const text = await response.text();
  answers.set(`${method} ${path} ${JSON.stringify(input)?.length ?? 0} ${answers.size}`, text);
  return { status: response.status, text };
}
