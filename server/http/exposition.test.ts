import { afterAll, beforeAll, expect, test } from "vitest";
import type { Permission } from "../auth/visitor";
import { openServed } from "./test-matrix";

let served: Awaited<ReturnType<typeof openServed>>;
let adaId = "";
beforeAll(async () => {
  served = await openServed();
  const [ada] = await served.unity.accounts.people.list();
  adaId = ada?.id ?? "";
}, 60_000);
afterAll(() => served.close());

const get = (headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${served.url}/metrics`, { method, headers });
async function bearer(name: string, scopes: Permission[], tags: string[] | null = null) {
  const draft = { name, scopes, tags, expiresInDays: null };
  return { authorization: `Bearer ${(await served.unity.accounts.tokens.create(adaId, draft)).secret}` };
}

test("whoever may read is given the page, by a session or a token", async () => {
  for (const headers of [{ cookie: served.cookie }, await bearer("prometheus", ["read"])]) {
    const answer = await get(headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).toContain("\nunity_build_info{");
  }
});

test("a token that is limited to tags gets a page without what is Unity's as a whole", async () => {
  const answer = await get(await bearer("attic", ["read"], ["attic"]));
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(page).toContain("unity_alerts_firing{");
  expect(page).not.toContain("unity_build_info");
});

test("nobody else is, and who is signed in and was refused is in the audit log", async () => {
  expect((await get()).status).toBe(401);
  expect((await get({ authorization: "Bearer junk", cookie: served.cookie })).status).toBe(401);
  const refused = await get(await bearer("edits", ["edit"]));
  expect(refused.status).toBe(403);
  expect(await refused.json()).toEqual({
    code: "refused",
    message: "This needs the permission to read, which Ada lacks.",
  });
  const lines = await served.unity.audit.list({ action: "metrics.exposition", limit: 10 });
  expect(lines).toMatchObject([{ outcome: "refused", via: "token", details: { token: "edits" } }]);
});

test("it is OpenMetrics for who asks for that, and only read", async () => {
  const asked = { cookie: served.cookie, accept: "application/openmetrics-text; version=1.0.0" };
  const answer = await get(asked);
  expect(answer.headers.get("content-type")).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
  expect(await answer.text()).toMatch(/\n# EOF\n$/);
  const head = await get(asked, "HEAD");
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect((await get(asked, "POST")).status).toBe(405);
});

test("it is packed for who can unpack it, and the same for who cannot", async () => {
  const ask = (coding: string) => get({ cookie: served.cookie, "accept-encoding": coding });
  const [packed, plain] = [await ask("gzip"), await ask("identity")];
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(packed.headers.get("vary")).toContain("accept-encoding");
  const [unpacked, page] = [await packed.text(), await plain.text()];
  for (const one of [unpacked, page]) {
    expect(one).toContain("\nunity_build_info{");
    expect(one).toMatch(/\n\S+ [\d.e+-]+\n$/);
  }
});
