import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import openapiTS, { astToString } from "openapi-typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServed } from "../../server/http/test-matrix";

/** What docs/api.md shows is run as it stands there, by a client that is made from docs/openapi.json, against a real Unity. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

let served: Awaited<ReturnType<typeof openServed>>;
let folder = "";
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  served = await openServed();
  folder = await mkdtemp(join(tmpdir(), "unity-api-client-"));
  const [person] = await served.unity.accounts.people.list();
  const draft = { name: "Client", scopes: ["read", "respond", "administer"] as const, tags: null, expiresInDays: 1 };
  const made = await served.unity.accounts.tokens.create(person?.id ?? "", { ...draft, scopes: [...draft.scopes] });
  env = { ...process.env, UNITY_URL: served.url, UNITY_TOKEN: made.secret };

  const document = await readFile(join(root, "docs/openapi.json"), "utf8");
  await writeFile(join(folder, "unity.ts"), astToString(await openapiTS(document, { defaultNonNullable: false })));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, module: "esnext", moduleResolution: "bundler" },
    ...{ target: "es2023", types: ["node"], noUncheckedIndexedAccess: true },
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
}, 60_000);
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true, force: true });
});

async function blocksOf(language: string): Promise<string[]> {
  const text = await readFile(join(root, "docs/api.md"), "utf8");
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(([, block]) => block ?? "");
}

/** More than the page shows: what must not compile does not, and what is answered is what the types say. */
const MORE = `
import createClient from "openapi-fetch";
import type { components, paths } from "./unity";

const unity = createClient<paths>({
  baseUrl: process.env.UNITY_URL + "/api/v1",
  headers: { authorization: "Bearer " + process.env.UNITY_TOKEN },
});
const named: components["schemas"]["Instance"][] = (await unity.GET("/instances")).data?.items ?? [];
const [first] = named;
if (!first) throw new Error("no instance");

const detail = await unity.GET("/instances/{id}", { params: { path: { id: first.id } } });
const changed = await unity.PATCH("/instances/{id}", { params: { path: { id: first.id } }, body: { tags: ["client"] } });
const missing = await unity.GET("/instances/{id}", { params: { path: { id: "a/b" } } });
const where = { where: { place: "a & b" }, metrics: ["one", "two"] };
const latest = await unity.GET("/metrics/latest", { params: { query: { instance: first.id, ...where } } });
const page = await unity.GET("/audit", { params: { query: { limit: 1 } } });
const made = await unity.POST("/silences", {
  body: { kind: "silence", name: "Client", matchers: [], when: { kind: "once", from: 1_000, to: 2_000 } },
});
const gone = await unity.DELETE("/silences/{id}", { params: { path: { id: made.data?.id ?? "" } } });
const health: "unknown" | "healthy" | "degraded" | "failing" = first.status.health;

// @ts-expect-error there is no such address
await unity.GET("/nothing").catch(() => undefined);
// @ts-expect-error a range has a beginning
await unity.GET("/metrics/range", { params: { query: { instance: first.id, to: 1 } } });
// @ts-expect-error no such field
first.wrong;

console.log(JSON.stringify({
  detail: detail.data?.id === first.id,
  changed: changed.data?.tags,
  missing: missing.error?.status,
  latest: latest.data?.items,
  page: page.data?.items.length,
  made: [made.response.status, made.data?.name],
  gone: gone.data?.id === made.data?.id,
  health: typeof health,
}));
`;

test("a client made from the document compiles, and is answered as its types say", { timeout: 120_000 }, async () => {
  const [shown = ""] = await blocksOf("ts");
  await writeFile(join(folder, "shown.ts"), shown);
  await writeFile(join(folder, "more.ts"), MORE);
  const compile = [join(root, "node_modules/typescript-native/lib/tsc.js"), "-p", folder, "--pretty", "false"];
  const { stdout: findings } = await run(process.execPath, compile).catch((error: { stdout: string }) => error);
  expect(findings).toBe("");

  const start = (file: string) =>
    run(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), file], { cwd: folder, env });
  expect((await start("shown.ts")).stdout).toMatch(/ is (healthy|unknown|degraded|failing)\n\d+ lines\n/);
  expect(JSON.parse((await start("more.ts")).stdout)).toEqual({
    ...{ detail: true, changed: ["client"], missing: 404, latest: [], page: 1 },
    ...{ made: [201, "Client"], gone: true, health: "string" },
  });
});

test("the lines of the page that call it are answered", { timeout: 60_000 }, async () => {
  const blocks = await blocksOf("sh");
  expect(blocks.length).toBeGreaterThanOrEqual(6);
  for (const block of blocks) {
    const { stdout } = await run("bash", ["-eu", "-o", "pipefail", "-c", block], { env });
    expect([block, JSON.parse(stdout)]).toEqual([block, expect.any(Object)]);
    if (block.includes("/nothing")) expect(JSON.parse(stdout).type).toBe("urn:unity:problem:not-found");
  }
});
