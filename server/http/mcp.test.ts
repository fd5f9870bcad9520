import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unknownStatus } from "../collect/status";
import { ACTING_TOOLS } from "../mcp/acting";
import { TOOLS } from "../mcp/tools";
import { seriesKey, sortLabels } from "../metrics/series-key";
import { openServed } from "./test-matrix";

/** The official client against a Unity that is served, as assistants come. */
type Served = Awaited<ReturnType<typeof openServed>>;
type Scope = "read" | "respond" | "edit" | "administer";

/** In everything that a token of the tag "home" sees, and in everything that it does not. */
const OWN = "PLANTED-OWN";
const OTHER = "PLANTED-OTHER";
const TAG = "home";

let served: Served;
const clients: Client[] = [];
beforeAll(async () => {
  served = await openServed({ UNITY_ASSISTANTS_MAY_ACT: "1" });
  for (const [word, tag] of [
    [OWN, TAG],
    [OTHER, "elsewhere"],
  ] as const)
    await plant(word, tag);
}, 60_000);
afterAll(async () => {
  for (const client of clients) await client.close();
  await served.close();
});

/** An instance with a course, an alert that fires and a failed run; each of its words has `word` in it. */
async function plant(word: string, tag: string): Promise<void> {
  const { unity } = served;
  const instance = await unity.instances.create({
    ...{ plugin: "syncthing", name: `${word}-NAME`, host: `${word}-HOST`, tags: [tag, `${word}-TAG`] },
    config: { url: `http://127.0.0.1:9/${word}`, apiKey: `${word}-key-secret` },
    intervalSeconds: 86_400,
  });
  const now = Date.now();
  const labels = { folder: `${word}-FOLDER` };
  const metric = "syncthing_folder_need_bytes";
  const [series = 0] = await unity.series.identify(
    instance.id,
    [{ metric, labels, key: seriesKey(metric, sortLabels(labels)) }],
    now,
  );
  const times = Array.from({ length: 100 }, (_, step) => now - step * 600_000);
  unity.store.write({ series: times.map(() => series ?? 0), at: times, value: times.map((_, step) => 1_000 + step) });
  const part = { kind: "value", metric, is: "above", limit: 1 };
  await unity.alerts.book.create({
    ...{ name: `${word}-RULE`, severity: "critical", summary: "{{folder}} waits", parts: [part], note: "" },
    scope: { kind: "instance", instance: instance.id },
  });
  unity.alerts.evaluate({ instance, at: now, series: [series ?? 0], values: [5], failed: false, consecutiveErrors: 0 });
  const run = { instanceId: instance.id, startedAt: now, durationMs: 1, readings: 0, refused: 0, attempts: 1 } as const;
  const failure = { reason: "timeout", message: `${word}-ERROR`, hint: `${word}-HINT` } as const;
  unity.ledger.record(
    { ...run, outcome: "failed", ...failure, remarks: [] },
    { ...unknownStatus(instance.id, now), health: "failing", lastRunAt: now, consecutiveErrors: 3, ...failure },
    { facts: { model: `${word}-MODEL` } },
  );
  const when = { kind: "once", from: now + 3_600_000, to: now + 7_200_000 };
  await unity.muting.silences.create(
    { kind: "silence", name: `${word}-SILENCE`, note: "", matchers: [{ of: "tag", value: tag }], when },
    "Anna",
  );
}

const idOf = (word: string) => served.unity.instances.list().find(({ name }) => name === `${word}-NAME`)?.id ?? "";
const alertOf = (word: string) =>
  served.unity.alerts.open().find(({ ruleName }) => ruleName === `${word}-RULE`)?.id ?? "";

async function makeToken(scopes: Scope[], tags: string[] | null = null): Promise<string> {
  const [person] = await served.unity.accounts.people.list();
  const draft = { name: `Assistant ${Math.random()}`, scopes, tags, expiresInDays: 1 };
  return (await served.unity.accounts.tokens.create(person?.id ?? "", draft)).secret;
}

async function connect(headers: Record<string, string>, url = served.url): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } });
  // Its optional callbacks are written without undefined.
  await client.connect(transport as Parameters<Client["connect"]>[0]);
  clients.push(client);
  return client;
}
const connectBy = async (scopes: Scope[], tags: string[] | null = null) =>
  connect({ authorization: `Bearer ${await makeToken(scopes, tags)}` });

async function call(client: Client, name: string, input: Record<string, unknown> = {}) {
  const { content, isError = false } = (await client.callTool({ name, arguments: input })) as CallToolResult;
  const [first] = content;
  return { isError, text: first?.type === "text" ? first.text : "" };
}

/** What each tool is asked, of a thing. */
const INPUTS: Readonly<Record<string, (word: string) => Record<string, unknown>>> = {
  status: () => ({}),
  list_instances: () => ({}),
  get_instance: (word) => ({ instance: idOf(word) }),
  list_plugins: () => ({ used: true }),
  search_metrics: () => ({ words: "syncthing folder need" }),
  query_metrics: (word) => ({ instance: idOf(word), metrics: ["syncthing_folder_need_bytes"] }),
  latest: (word) => ({ instance: idOf(word) }),
  list_alerts: () => ({}),
  alert_history: () => ({}),
  analyse_alert: (word) => ({ alert: alertOf(word) }),
  query_context: () => ({ question: "which syncthing folder needs most?" }),
  bundle: () => ({}),
  list_rules: () => ({}),
  list_silences: () => ({}),
  acknowledge_alert: (word) => ({ alert: alertOf(word), note: "seen" }),
  silence_instance: (word) => ({ instance: idOf(word), hours: 1 }),
};
const inputOf = (name: string, word: string) => INPUTS[name]?.(word) ?? {};
/** It names plugins, and counts. */
const NAMELESS = "list_plugins";

test("of every tool it is known how it is asked", () => {
  expect(TOOLS.map(({ name }) => name).toSorted()).toEqual(Object.keys(INPUTS).toSorted());
  expect(TOOLS.filter(({ acts }) => acts).map(({ name }) => name)).toEqual([...ACTING_TOOLS]);
});

describe("a token that reads", () => {
  test("is offered tools that only read, each with a schema, and a prompt", async () => {
    const client = await connectBy(["read"]);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.filter(({ acts }) => !acts).map(({ name }) => name));
    for (const { annotations, inputSchema, description } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(inputSchema.type).toBe("object");
      expect(description?.length).toBeGreaterThan(40);
    }
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(["whats_wrong"]);
    expect((await client.getPrompt({ name: "whats_wrong" })).messages).toHaveLength(1);
    expect(client.getInstructions()).toContain("never an instruction");
  });

  test("calls every one of them, and each tells of what there is", async () => {
    const client = await connectBy(["read"]);
    for (const { name } of TOOLS.filter(({ acts }) => !acts)) {
      const { text, isError } = await call(client, name, inputOf(name, OWN));
      expect([name, isError], text).toEqual([name, false]);
      expect(text, name).toContain(name === NAMELESS ? "syncthing" : OWN);
      expect(text, name).not.toContain("key-secret");
    }
  });

  test("cannot act, not even by the name of a tool that does", async () => {
    const client = await connectBy(["read"]);
    expect(await call(client, "acknowledge_alert", inputOf("acknowledge_alert", OWN))).toMatchObject({ isError: true });
    expect(served.unity.alerts.open().every(({ acknowledged }) => acknowledged === null)).toBe(true);
  });

  test("hears what is wrong and what to do", async () => {
    const client = await connectBy(["read"]);
    expect(await call(client, "get_instance", { instance: "nothing" })).toEqual({
      isError: true,
      text: expect.stringContaining("Ids come from list_instances"),
    });
    expect((await call(client, "query_metrics", { instance: idOf(OWN), metrics: [] })).isError).toBe(true);
    expect((await call(client, "get_instance", {})).text).toContain("instance");
    const backwards = { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" };
    expect((await call(client, "bundle", backwards)).text).toContain("ends before it begins");
  });
});

describe("a token of one tag", () => {
  test("learns of what it sees by every tool, and of another by none, whatever it asks for", async () => {
    const client = await connectBy(["read", "respond"], [TAG]);
    const hidden = [OTHER, idOf(OTHER), alertOf(OTHER)];
    for (const { name, acts } of TOOLS) {
      const own = await call(client, name, inputOf(name, OWN));
      const other = await call(client, name, inputOf(name, OTHER));
      const none = await call(client, name, { ...inputOf(name, OTHER), ...noneOf(inputOf(name, OTHER)) });
      for (const word of hidden) for (const { text } of [own, other, none]) expect(text, name).not.toContain(word);
      if (!acts && name !== NAMELESS) expect(own.text, name).toContain(OWN);
      // What it does not see is to it what is not there.
      if (name !== "bundle" && "instance" in inputOf(name, OTHER)) expect(other, name).toEqual(none);
    }
  });
  const noneOf = (input: Record<string, unknown>) =>
    Object.fromEntries(
      Object.keys(input).flatMap((key) => (key === "instance" || key === "alert" ? [[key, "none"]] : [])),
    );

  test("what is hidden from it is told to who sees everything, by the same tools", async () => {
    const client = await connectBy(["read"]);
    for (const { name, acts } of TOOLS)
      if (!acts && name !== NAMELESS)
        expect((await call(client, name, inputOf(name, OTHER))).text, name).toContain(OTHER);
  });
});

describe("acting", () => {
  test("is for a token that may respond", async () => {
    const client = await connectBy(["read", "respond"]);
    const { tools } = await client.listTools();
    expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name)).toEqual([
      "acknowledge_alert",
      "silence_instance",
    ]);
    expect(await call(client, "acknowledge_alert", inputOf("acknowledge_alert", OTHER))).toMatchObject({
      isError: false,
    });
    expect(served.unity.alerts.open().find(({ id }) => id === alertOf(OTHER))?.acknowledged).toMatchObject({
      note: "seen",
    });
    expect(await call(client, "silence_instance", inputOf("silence_instance", OTHER))).toMatchObject({
      isError: false,
    });
  });

  test("is for nobody where the setting does not allow it", async () => {
    const strict = await openServed();
    try {
      const [person] = await strict.unity.accounts.people.list();
      const draft = { name: "Assistant", scopes: ["read", "respond"] as Scope[], tags: null, expiresInDays: 1 };
      const { secret } = await strict.unity.accounts.tokens.create(person?.id ?? "", draft);
      const client = await connect({ authorization: `Bearer ${secret}` }, strict.url);
      expect((await client.listTools()).tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
      expect(await call(client, "silence_instance", { instance: "x", hours: 1 })).toMatchObject({ isError: true });
    } finally {
      await strict.close();
    }
  }, 30_000);
});

describe("the door", () => {
  const post = (headers: Record<string, string>, body: unknown = { jsonrpc: "2.0", id: 1, method: "tools/list" }) =>
    fetch(`${served.url}/mcp`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const bearer = async (scopes: Scope[] = ["read"]) => ({ authorization: `Bearer ${await makeToken(scopes)}` });

  test("is shut to nobody, to a wrong token, and to one that may not read; it says how to come in", async () => {
    const answer = await post({});
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Unity"']);
    expect((await post({ authorization: "Bearer unity_wrong" })).status).toBe(401);
    expect((await post(await bearer(["edit"]))).status).toBe(403);
    expect((await post({ cookie: served.cookie })).status).toBe(200);
  });

  test("is shut to other sites' pages, also those that call this machine by a name of their own", async () => {
    const foreign: Record<string, string>[] = [{ origin: "http://evil.example" }, { "sec-fetch-site": "cross-site" }];
    for (const headers of foreign) expect((await post({ ...headers, ...(await bearer()) })).status).toBe(403);
    // Such a page has no cookie of this name, and no token.
    expect((await post({ origin: "http://evil.example", host: "evil.example" })).status).toBe(403);
  });

  test("takes one message of JSON that is not too large", async () => {
    const headers = await bearer();
    expect((await post(headers, "{")).status).toBe(400);
    expect((await post(headers, [{ jsonrpc: "2.0", id: 1, method: "ping" }])).status).toBe(400);
    expect((await post({ ...headers, "content-type": "text/plain" })).status).toBe(415);
    expect((await post(headers, JSON.stringify("x".repeat(300_000)))).status).toBe(413);
    const get = await fetch(`${served.url}/mcp`, { headers });
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await post(headers, { jsonrpc: "2.0", method: "notifications/initialized" })).status).toBe(202);
  });

  test("closes for a while to who knocks too often", async () => {
    const headers = await bearer();
    const codes: number[] = [];
    for (let count = 0; count < 5_000 && codes.at(-1) !== 429; count += 1)
      codes.push((await post(headers, { jsonrpc: "2.0", method: "notifications/initialized" })).status);
    expect(codes.at(-1)).toBe(429);
  }, 60_000);
});

test("each call is in the audit log: which tool, by whom, about what, how it ended, and none of its words", async () => {
  const client = await connectBy(["read"], [TAG]);
  await call(client, "search_metrics", { words: "a-secret-that-was-typed" });
  await call(client, "get_instance", { instance: idOf(OWN) });
  await call(client, "analyse_alert", { alert: alertOf(OTHER) });
  const entries = await served.unity.audit.list({ action: "mcp", limit: 3 });
  expect(entries.map(({ action, outcome, via }) => [action, outcome, via]).reverse()).toEqual([
    ["mcp.search_metrics", "done", "token"],
    ["mcp.get_instance", "done", "token"],
    ["mcp.analyse_alert", "failed", "token"],
  ]);
  expect(entries[1]).toMatchObject({ subjectId: idOf(OWN), details: { token: expect.stringContaining("Assistant") } });
  expect(JSON.stringify(entries)).not.toContain("a-secret-that-was-typed");
});
