import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openServed } from "../test-matrix";
import { LEFT_OUT, OPERATIONS } from "./operations";
import { PROCEDURES } from "./procedures";

let served: Awaited<ReturnType<typeof openServed>>;
let secret = "";
beforeAll(async () => {
  served = await openServed();
  secret = await makeToken(["read", "respond", "edit", "administer"]);
}, 60_000);
afterAll(() => served.close());

type Scope = "read" | "respond" | "edit" | "administer";
async function makeToken(scopes: Scope[]): Promise<string> {
  const [person] = await served.unity.accounts.people.list();
  const draft = { name: `Script ${Math.random()}`, scopes, tags: null, expiresInDays: 1 };
  return (await served.unity.accounts.tokens.create(person?.id ?? "", draft)).secret;
}

interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
}
async function ask(path: string, { method = "GET", body, headers = {}, token = secret }: Ask = {}) {
  const answer = await fetch(`${served.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text === "" ? undefined : JSON.parse(text) };
}

describe("the table", () => {
  const all = Object.values(OPERATIONS).flat();

  test("every procedure is in it, or left out with a reason", () => {
    const mapped = new Set(all.map(({ procedure }) => procedure));
    const forgotten = [...PROCEDURES.keys()].filter((path) => !mapped.has(path) && !LEFT_OUT[path]);
    expect(forgotten, "Give it a line in OPERATIONS, or say in LEFT_OUT why not.").toEqual([]);
    expect(Object.keys(LEFT_OUT).filter((path) => mapped.has(path) || !PROCEDURES.has(path))).toEqual([]);
    expect([...mapped].filter((path) => !PROCEDURES.has(path))).toEqual([]);
  });

  test("each address is there once, and a GET changes nothing", () => {
    const addresses = all.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const { method, procedure } of all)
      if (method === "GET") expect([procedure, PROCEDURES.get(procedure)?.type]).toEqual([procedure, "query"]);
    for (const { path } of all) expect(path).toMatch(/^(\/([a-z-]+|\{\w+\}))+$/);
  });
});

describe("reading", () => {
  test("a list has its items, one thing is itself, and what is not there is 404", async () => {
    const { status, headers, body } = await ask("/instances");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body.nextCursor).toBeNull();
    const [first] = body.items;
    expect((await ask(`/instances/${first.id}`)).body).toMatchObject({ id: first.id, name: first.name });
    expect(await ask("/instances/nothing")).toMatchObject({
      status: 404,
      body: { type: "urn:unity:problem:not-found", title: "Not Found", status: 404, detail: expect.any(String) },
    });
    expect((await ask("/discovery/proposal?key=nothing")).body).toMatchObject({ detail: "There is none." });
  });

  test("numbers, lists and objects in a query are what the procedure takes", async () => {
    const [{ id }] = (await ask("/instances")).body.items;
    const at = (query: string) => ask(`/metrics/range?instance=${id}&${query}`);
    const now = Date.now();
    const range = await at(`from=${now - 60_000}&to=${now}&maxPoints=10&metrics=a&metrics=b&where[place]=attic`);
    expect(range).toMatchObject({ status: 200, body: { total: 0, lines: [] } });
    expect(await at("from=2&to=1")).toMatchObject({ status: 400, body: { field: "to" } });
    expect(await at("from=soon&to=1")).toMatchObject({ status: 400, body: { field: "from" } });
    expect(await at("to=1")).toMatchObject({ status: 400, body: { field: "from" } });
    expect(await at("from=1&from=1&to=2")).toMatchObject({ status: 400, body: { field: "from" } });
    expect((await at("from=1&to=2&where[place]=what?&metrics=a?b")).status).toBe(200);
    // A filter that is mistyped would otherwise show everything.
    for (const field of ["metric", "where", "from[x]", "__proto__", "constructor"])
      expect(await at(`from=1&to=2&${field}=x`)).toMatchObject({ status: 400, body: { field } });
    expect((await ask("/instances?x=1")).body.detail).toBe("There are no parameters here.");
  });

  test("an id in the path may have any sign in it", async () => {
    const { items } = (await ask("/rules")).body;
    const id: string = items[0].rule.id;
    expect(id).toContain("/");
    expect((await ask(`/rules/${encodeURIComponent(id)}`)).body.rule.id).toBe(id);
    expect((await ask(`/rules/${id}`)).status).toBe(404);
    expect((await ask("/rules/%zz")).body).toMatchObject({ type: "urn:unity:problem:invalid" });
    expect((await ask("/rules/..%2f..%2fhealthz")).status).toBe(404);
  });

  test("pages follow each other to the end, by cursor and by link", async () => {
    for (let index = 0; index < 5; index += 1) await ask("/audit", { method: "GET", token: await makeToken(["read"]) });
    const seen: string[] = [];
    let next: string | undefined = "/audit?limit=2&outcome=refused";
    while (next !== undefined && seen.length < 50) {
      const { body, headers }: Awaited<ReturnType<typeof ask>> = await ask(next);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      const link: string | undefined = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
      expect(link?.includes(`cursor=${body.nextCursor}`) ?? body.nextCursor === null).toBe(true);
      next = link;
    }
    expect(seen.length).toBeGreaterThanOrEqual(5);
    expect(new Set(seen).size).toBe(seen.length);
    for (const cursor of ["junk", "e30", "bnVsbA"])
      expect(await ask(`/audit?cursor=${cursor}`)).toMatchObject({ status: 400, body: { field: "cursor" } });
  });

  test("HEAD is GET without the answer, and large ones are compressed", async () => {
    const head = await fetch(`${served.url}/api/v1/me`, {
      method: "HEAD",
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const answer = await fetch(`${served.url}/api/v1/plugins`, { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect(((await answer.json()) as { items: unknown[] }).items.length).toBeGreaterThan(30);
  });
});

describe("changing", () => {
  const silence = { kind: "silence", name: "Quiet", matchers: [], when: { kind: "once", from: 1_000, to: 2_000 } };

  test("what is made has an address, is changed, and is removed", async () => {
    const made = await ask("/silences", { method: "POST", body: silence });
    expect(made).toMatchObject({ status: 201, body: { name: "Quiet", createdBy: "Ada" } });
    const address = made.headers.get("location") ?? "";
    expect(address).toBe(`/api/v1/silences/${made.body.id}`);
    const own = address.replace("/api/v1", "");
    expect((await ask(own, { method: "PUT", body: { ...silence, name: "Calm" } })).body.name).toBe("Calm");
    expect((await ask(own, { method: "DELETE" })).body).toEqual({ id: made.body.id });
    // What was is written down as over tRPC.
    const { items } = (await ask("/audit?action=silences&limit=3")).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      "silences.remove",
      "silences.update",
      "silences.create",
    ]);
    expect(items[1].details.changes).toEqual([{ path: "name", before: "Quiet", after: "Calm" }]);
  });

  test("what is wrong names its field as it was sent", async () => {
    const rule = { name: "Hot", scope: { kind: "all" }, severity: "info", summary: "Hot" };
    const part = { kind: "value", metric: "heat", is: "outside", limit: 50, upper: 20 };
    const send = (path: string, method: string) => ask(path, { method, body: { ...rule, parts: [part] } });
    expect(await send("/rules", "POST")).toMatchObject({ status: 400, body: { field: "parts.0.upper" } });
    expect(await send("/rules/some", "PUT")).toMatchObject({ status: 400, body: { field: "parts.0.upper" } });
    expect(await ask("/silences", { method: "POST", body: { ...silence, when: { kind: "cron" } } })).toMatchObject({
      status: 400,
    });
  });

  test("a body of its own id changes nobody else", async () => {
    const [{ id, name }] = (await ask("/instances")).body.items;
    expect((await ask(`/instances/nothing`, { method: "PATCH", body: { id, name: "Stolen" } })).status).toBe(404);
    expect((await ask(`/instances/${id}`)).body.name).toBe(name);
  });

  test("a body that cannot be read is refused", async () => {
    const send = (body: string, type = "application/json", more = {}) =>
      ask("/silences", { method: "POST", body, headers: { "content-type": type, ...more } });
    expect((await send("{")).body).toMatchObject({ type: "urn:unity:problem:invalid", status: 400 });
    for (const body of ["[]", "1", "null", '"x"']) expect((await send(body)).status).toBe(400);
    expect((await send("[".repeat(500_000))).status).toBe(400);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
      expect((await send("{}", type)).body).toMatchObject({
        type: "urn:unity:problem:unsupported-media-type",
        status: 415,
      });
    expect((await send("{}", "application/json", { "content-encoding": "gzip" })).status).toBe(415);
    const large = JSON.stringify({ ...silence, note: "x".repeat(1_100_000) });
    expect((await send(large)).body).toMatchObject({ type: "urn:unity:problem:too-large", status: 413 });
    expect(
      (await ask("/instances/nothing/run", { method: "POST", body: "{", headers: { "content-type": "text/plain" } }))
        .status,
    ).toBe(404);
  });
});

describe("who may", () => {
  test("nobody reads, a token does what its scopes say, a cookie is as good", async () => {
    const refused = await ask("/instances", { token: null });
    expect(refused).toMatchObject({ status: 401, body: { type: "urn:unity:problem:unauthorized" } });
    expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="Unity"');
    expect((await ask("/instances", { token: "unity_junk" })).status).toBe(401);
    const reader = await makeToken(["read"]);
    expect((await ask("/instances", { token: reader })).status).toBe(200);
    const [{ id }] = (await ask("/instances")).body.items;
    expect(await ask(`/instances/${id}/run`, { method: "POST", token: reader })).toMatchObject({
      status: 403,
      body: { type: "urn:unity:problem:forbidden", detail: "This needs the permission to respond, which Ada lacks." },
    });
    expect((await ask("/me", { token: null, headers: { cookie: served.cookie } })).body).toMatchObject({ name: "Ada" });
    expect((await ask("/me", { token: null })).body).toMatchObject({ name: null });
  });

  test("another site's page changes nothing, whatever the method", async () => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const headers = { cookie: served.cookie, origin: "http://evil.example" };
      const answer = await ask("/people/x", { method, token: null, headers });
      expect(answer).toMatchObject({ status: 403, body: { type: "urn:unity:problem:forbidden" } });
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

describe("addresses", () => {
  test("what leads nowhere says so, and what is asked another way says how", async () => {
    for (const path of ["", "/", "/nothing", "/instances/", "/instances//run", "/instances/x/y/z"])
      expect(await ask(path)).toMatchObject({ status: 404, body: { type: "urn:unity:problem:not-found" } });
    const wrong = await ask("/instances", { method: "DELETE" });
    expect(wrong).toMatchObject({ status: 405, body: { type: "urn:unity:problem:method-not-allowed" } });
    expect(wrong.headers.get("allow")).toBe("GET, POST, HEAD");
    expect((await ask("/alerts/past", { method: "POST" })).headers.get("allow")).toBe("GET, HEAD");
    expect((await fetch(`${served.url}/instances`, { method: "PUT" })).status).toBe(405);
  });

  test("the document says what there is, to whoever comes", async () => {
    const { status, body } = await ask("/openapi.json", { token: null });
    expect(status).toBe(200);
    expect(body.openapi).toBe("3.1.0");
    expect(body.servers).toEqual([{ url: "/api/v1" }]);
    expect((await ask("/openapi.json", { method: "POST" })).status).toBe(405);
    for (const { id, name } of served.unity.instances.list()) {
      expect(JSON.stringify(body)).not.toContain(id);
      expect(JSON.stringify(body)).not.toContain(`"${name}"`);
    }
  });
});

test("who asks too often waits, and nobody else does", async () => {
  const busy = await makeToken(["read"]);
  const change = () => ask("/instances/nothing/run", { method: "POST", token: busy });
  const first = await change();
  expect(first.headers.get("ratelimit-limit")).toBe("120");
  expect(first.headers.get("ratelimit-remaining")).toBe("119");
  let last = first;
  for (let index = 0; index < 200 && last.status !== 429; index += 1) last = await change();
  expect(last).toMatchObject({ status: 429, body: { type: "urn:unity:problem:too-many-requests" } });
  expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(last.headers.get("ratelimit-remaining")).toBe("0");
  // What is read has a bucket of its own, and others have theirs.
  expect((await ask("/me", { token: busy })).headers.get("ratelimit-limit")).toBe("600");
  expect((await ask("/instances/nothing/run", { method: "POST" })).status).toBe(404);
});

test("no answer has what the log has", async () => {
  const { list } = served.unity.audit;
  const fail = async () => Promise.reject(new Error("SELECT password FROM users"));
  Object.defineProperty(served.unity.audit, "list", { value: fail, configurable: true });
  const answer = await ask("/audit");
  Object.defineProperty(served.unity.audit, "list", { value: list });
  expect(answer).toMatchObject({ status: 500, body: { type: "urn:unity:problem:internal" } });
  expect(answer.text).not.toContain("SELECT");
  expect(served.lines.some((line) => line.includes("SELECT password"))).toBe(true);
});
