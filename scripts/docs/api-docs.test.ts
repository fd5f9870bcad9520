import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { type ApiDocument, type ApiOperation, writeDocument } from "../../server/http/api/document";
import { findApiBreaks } from "./find-api-breaks";

const file = fileURLToPath(new URL("../../docs/openapi.json", import.meta.url));

test("what clients of /api/v1 know still holds, and docs/openapi.json says what there is", async () => {
  const before = await readFile(file, "utf8");
  const document = writeDocument();
  const breaks = findApiBreaks(JSON.parse(before), document);
  expect(breaks, "This breaks clients of /api/v1: keep what was there beside what is new.").toEqual([]);
  const isFresh = before === `${JSON.stringify(document, null, 2)}\n`;
  expect(isFresh, "Nothing breaks; docs/openapi.json only wants to be written anew: npm run docs:api").toBe(true);
});

test("the document is the same every time, and OpenAPI 3.1", async () => {
  expect(JSON.stringify(writeDocument())).toBe(JSON.stringify(writeDocument()));
  const result = await new Validator().validate(structuredClone(writeDocument()) as unknown as Record<string, unknown>);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  const ids = Object.values(writeDocument().paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("every reference leads somewhere, and a secret is only ever sent", () => {
  const { paths, components } = writeDocument();
  const text = JSON.stringify({ paths, components });
  const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? "");
  expect(references.length).toBeGreaterThan(50);
  for (const name of references) expect(Object.keys(components.schemas)).toContain(name);
  const used = Object.keys(components.schemas).filter((name) => !references.includes(name));
  expect(used).toEqual([]);
  expect(components.schemas.NotificationSettingsDraft).toHaveProperty(
    "properties.heartbeat.properties.url.writeOnly",
    true,
  );
  expect(JSON.stringify(components.schemas.NotificationSettings)).not.toContain("writeOnly");
});

describe("breaking changes", () => {
  const before = writeDocument();
  type Change = (methods: Record<string, Record<string, ApiOperation>>, document: ApiDocument) => void;
  /** What is found when the document becomes another one. */
  function breaksOf(change: Change): string[] {
    const document = structuredClone(before);
    change(document.paths as never, document);
    return findApiBreaks(before, document);
  }
  const set = (target: object, path: string, value: unknown) => {
    const keys = path.split(" ");
    const last = keys.pop() ?? "";
    const at = keys.reduce<object>((inner, key) => Reflect.get(inner, key) as object, target);
    if (value === undefined) Reflect.deleteProperty(at, last);
    else Reflect.set(at, last, value);
  };
  const string = { type: "string" } as const;
  const at =
    (path: string, value: unknown): Change =>
    (_, document) =>
      set(document, path, value);

  test.each<[string, Change, string]>([
    ["a path", (paths) => Reflect.deleteProperty(paths, "/instances"), "GET /instances is gone"],
    ["a method", (paths) => Reflect.deleteProperty(paths["/rules/{id}"] ?? {}, "put"), "PUT /rules/{id} is gone"],
    [
      "a field of an answer",
      at("components schemas Instance properties host", undefined),
      "GET /instances 200.items[].host is gone",
    ],
    [
      "a field that may be missing now",
      at("components schemas Instance required", []),
      "GET /instances 200.items[].host may be missing now",
    ],
    [
      "a field of another type",
      at("components schemas Instance properties host", { type: "number" }),
      "GET /instances 200.items[].host was string, now number",
    ],
    [
      "a new parameter that must be there",
      (paths) => {
        const parameter = { name: "zone", in: "query", required: true, schema: string } as const;
        paths["/instances"] = { get: { ...(paths["/instances"]?.get as ApiOperation), parameters: [parameter] } };
      },
      "GET /instances ?zone is new and required",
    ],
    ["a parameter", at("paths /audit get parameters", []), "GET /audit ?actor is gone"],
    [
      "a new field that must be sent",
      at("components schemas RuleDraft required", ["name", "scope", "parts", "severity", "summary", "owner"]),
      "POST /rules body.owner is required now",
    ],
    [
      "a field that is not read any more",
      at("components schemas RuleDraft properties note", undefined),
      "POST /rules body.note is gone",
    ],
    [
      "a value that is not taken any more",
      at("components schemas RuleDraft properties severity enum", ["info"]),
      'POST /rules body.severity does not take "critical" any more',
    ],
    [
      "less that may be sent",
      at("components schemas RuleDraft properties note maxLength", 10),
      "POST /rules body.note: maxLength is 10 now",
    ],
    [
      "another permission",
      at("paths /instances get security", [{ token: ["administer"] }]),
      "GET /instances needs another permission",
    ],
  ])("%s", (_, change, expected) => {
    expect(breaksOf(change)).toContain(expected);
  });

  test("what only comes is none", () => {
    expect(breaksOf(at("paths /weather", { get: {} }))).toEqual([]);
    expect(breaksOf(at("components schemas Instance properties zone", string))).toEqual([]);
    expect(breaksOf(at("components schemas RuleDraft properties owner", string))).toEqual([]);
    expect(
      breaksOf(at("components schemas RuleDraft properties severity enum", ["info", "warning", "critical", "fatal"])),
    ).toEqual([]);
    expect(
      breaksOf((paths) => {
        const parameter = { name: "zone", in: "query", required: false, schema: string } as const;
        paths["/instances"] = {
          ...paths["/instances"],
          get: { ...(paths["/instances"]?.get as ApiOperation), parameters: [parameter] },
        };
      }),
    ).toEqual([]);
  });
});
