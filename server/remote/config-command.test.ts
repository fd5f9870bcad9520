import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServed } from "../http/test-matrix";
import { makeBeszel, makeKuma } from "../importers/test-foreign-databases";
import { WrongUse } from "../move/command";
import { runRemote } from "./command";
import { connectUnity } from "./connect";

let served: Awaited<ReturnType<typeof openServed>>;
let folder: string;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-config-command-"));
  served = await openServed();
  const { accounts } = served.unity;
  const [ada] = await accounts.people.list();
  for (const scope of ["edit", "administer"] as const) {
    const draft = { name: scope, scopes: ["read" as const, "edit" as const, scope], tags: null, expiresInDays: null };
    tokens[scope] = (await accounts.tokens.create(ada?.id ?? "", draft)).secret;
  }
}, 60_000);
afterAll(async () => {
  await served?.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(args: readonly string[], { isTTY = false, token = "administer" } = {}) {
  let text = "";
  const code = await runRemote(args, {
    env: { UNITY_URL: served.url, UNITY_TOKEN: tokens[token] ?? "", NO_COLOR: "1" },
    signal: new AbortController().signal,
    out: {
      isTTY,
      write: (piece: string) => {
        text += piece;
      },
    },
  });
  return { code, text };
}
const put = async (name: string, text: string | Uint8Array) => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const web = (name: string) =>
  `version: 1\ninstances:\n  - { plugin: web-service, name: ${name}, config: { address: "http://127.0.0.1:9" } }\n`;

test("export, diff and apply go round, with exit codes for scripts", async () => {
  const [one, two] = [await put("one.yaml", web("One")), await put("two.yaml", web("Two"))];
  const differs = await run(["config", "diff", one, two], { isTTY: true });
  expect(differs.code).toBe(1);
  expect(differs.text).toContain("added    instance One\nadded    instance Two\n");
  expect((await run(["config", "apply", one, two, "--dry-run"])).code).toBe(0);
  expect((await run(["config", "diff", one])).code).toBe(1);
  expect(JSON.parse((await run(["config", "apply", one, two])).text)).toMatchObject({ applied: true });
  expect((await run(["config", "diff", two, one])).code).toBe(0);

  const file = join(folder, "all.yaml");
  await run(["config", "export", "--out", file]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await run(["config", "export"])).text).toBe(await readFile(file, "utf8"));
  expect((await run(["config", "diff", file, "--remove-missing"])).text).toContain('"missing":[]');
});

test("what is wrong is said with file and line, and what the token may not is refused", async () => {
  const bad = await put("bad.yaml", "version: 1\nrules: [{ name: x }]\n");
  await expect(run(["config", "apply", bad])).rejects.toThrow(/^bad.yaml: Line 2: rules, number 1/);
  await expect(run(["config", "apply", bad], { token: "edit" })).rejects.toThrow("needs the permission to administer");
  expect((await run(["config", "export"], { token: "edit" })).code).toBe(0);
  for (const args of [
    ["config"],
    ["config", "merge", bad],
    ["config", "diff"],
    ["import-from", "nagios", bad],
    ["import-from", "gatus"],
  ])
    await expect(run(args)).rejects.toThrow(WrongUse);
});

test("another program's file becomes instances that really are taken, once", async () => {
  const kuma = await put(
    "kuma.db",
    await makeKuma(2, [
      "insert into monitor (name, type, url, keyword, headers) values ('Blog', 'keyword', 'https://blog.lab', '/ok/', '{\"X\":\"1\"}')",
      "insert into monitor (name, type, hostname) values ('Gate', 'ping', '192.0.2.1')",
      "insert into monitor (name, type, hostname, dns_resolve_server, dns_resolve_type, port) values ('Names', 'dns', 'example.com', '192.0.2.53', 'A', 53)",
      "insert into monitor (name, type, docker_container) values ('Box', 'docker', 'box')",
      "insert into monitor (name, type, url, method, body) values ('Hook', 'http', 'https://hook.lab', 'POST', '{}')",
      `insert into notification values (1, 'Chat', 1, 1, 0, '{"type":"telegram","telegramBotToken":"123456:ABCDEFGHIJKLMNOPQRSTUVWX","telegramChatID":"-100123"}')`,
    ]),
  );
  const looked = await run(["import-from", "uptime-kuma", kuma, "--dry-run"], { isTTY: true });
  expect(looked.text).toContain('+ monitor (keyword) Blog: Web service "Blog"');
  expect(looked.text).toContain("6 to be changed; nothing was done yet");
  const { report } = JSON.parse((await run(["import-from", "uptime-kuma", kuma])).text);
  expect(report).toMatchObject({ applied: true, notes: [] });
  expect(report.added.map(({ name }: { name: string }) => name)).toEqual([
    "Blog",
    "Gate",
    "Names",
    "Hook",
    "Docker",
    "Chat",
  ]);
  const again = JSON.parse((await run(["import-from", "uptime-kuma", kuma])).text);
  expect(again.report).toMatchObject({ added: [], changed: [], unchanged: 6 });

  for (const [kind, file] of [
    ["gatus", "server/importers/fixtures/gatus.yaml"],
    ["prometheus-rules", "server/importers/fixtures/prometheus-rules.yaml"],
    [
      "beszel",
      await put(
        "data.db",
        await makeBeszel(["insert into systems (id, name, status, host) values ('s', 'nas', 'up', 'nas.lab')"]),
      ),
    ],
  ] as const) {
    const { lines, report: made } = JSON.parse((await run(["import-from", kind, file])).text);
    expect(lines.length).toBeGreaterThan(0);
    expect(made.applied).toBe(true);
  }
  const headers = served.unity.instances.list().find(({ name }) => name === "wiki");
  // What stood in another program's environment is typed in first.
  expect(headers?.enabled).toBe(false);
});

test("the same comes from the page, as bytes", async () => {
  const { api } = connectUnity(served.url, { cookie: served.cookie });
  const base64 = Buffer.from("endpoints: [{ name: Over HTTP, url: 'icmp://192.0.2.9' }]").toString("base64");
  const looked = await api.config.importFrom.mutate({ kind: "gatus", base64 });
  expect(looked.lines).toMatchObject([{ name: "Over HTTP", became: ['Web service "Over HTTP"'] }]);
  expect(looked.report).toMatchObject({ applied: false, added: [{ kind: "instance", name: "Over HTTP" }] });
  // Larger than what other procedures take.
  const padded = Buffer.concat([
    await makeKuma(1, [
      "insert into monitor (name, type, hostname) values ('Far', 'ping', '192.0.2.2')",
      "insert into heartbeat (msg) values (hex(zeroblob(2000000)))",
    ]),
  ]);
  expect(padded.length).toBeGreaterThan(3_000_000);
  const far = await api.config.importFrom.mutate({
    kind: "uptime-kuma",
    base64: padded.toString("base64"),
    dryRun: false,
  });
  expect(far.report.added).toMatchObject([{ name: "Far" }]);
  await expect(api.config.importFrom.mutate({ kind: "beszel", base64 })).rejects.toThrow("is not the database");
});

/** The commands of a page's block that begins so, as a shell would take them apart; files of one's own are in the folder. */
async function readCommands(page: string, start: string): Promise<string[][]> {
  const text = await readFile(page, "utf8");
  const block = [...text.matchAll(/```sh\n(.*?)```/gs)]
    .map(([, body = ""]) => body)
    .find((body) => body.startsWith(start));
  const lines = (block ?? "")
    .trim()
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, ""));
  return Promise.all(
    lines.map(async (line) => {
      const words = line.replace(/^npm run unity -- /, "").split(/\s+/);
      const files = await Promise.all(
        words.map(async (word) => {
          const [, under] = /^(.*)\/\*\.yaml$/.exec(word) ?? [];
          if (under) return (await readdir(under)).map((name) => join(under, name));
          return /^[\w-]+\.(db|yaml)$/.test(word) ? [join(folder, word)] : [word];
        }),
      );
      return files.flat();
    }),
  );
}

test("the commands and the example of the guides do what they say", async () => {
  const [diff = [], apply = [], exported = []] = await readCommands(
    "docs/provisioning.md",
    "npm run unity -- config diff",
  );
  expect((await run(diff)).code).toBe(1);
  const { notes } = JSON.parse((await run(apply)).text) as { notes: string[] };
  expect(notes).toEqual(['The channel "Phone" is off until this is typed in: Topic.']);
  expect((await run(diff)).code).toBe(0);
  expect((await run(exported)).code).toBe(0);
  const parents = served.unity.muting.parents.get();
  expect(parents).toEqual([{ child: { kind: "instance", instance: "wiki" }, parent: "router" }]);

  await put(
    "kuma.db",
    await makeKuma(1, ["insert into monitor (name, type, hostname) values ('Guide', 'ping', '192.0.2.3')"]),
  );
  const [looked = [], made = []] = await readCommands("docs/importing.md", "npm run unity -- import-from");
  expect(JSON.parse((await run(looked)).text).report).toMatchObject({ applied: false, added: [{ name: "Guide" }] });
  expect(JSON.parse((await run(made)).text).report.applied).toBe(true);
});
