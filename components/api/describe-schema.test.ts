import { describe, expect, test } from "vitest";
import { curlLine } from "./curl-line";
import { describeFields, sampleOf, typeText } from "./describe-schema";

const components = {
  Part: {
    oneOf: [
      { type: "object", properties: { kind: { const: "all" } }, required: ["kind"] },
      { type: "object", properties: { kind: { const: "host" }, host: { type: "string" } }, required: ["kind", "host"] },
    ],
  },
  Tree: { type: "object", properties: { branches: { type: "array", items: { $ref: "#/components/schemas/Tree" } } } },
};

test.each([
  [{ $ref: "#/components/schemas/Part" }, "Part"],
  [{ type: "array", items: { type: "string" } }, "list of string"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ anyOf: [{ type: "number" }, { type: "null" }] }, "number or null"],
  [{ enum: ["a", "b"] }, '"a" | "b"'],
  [{ type: "object", additionalProperties: { type: "string" } }, "map of string"],
  [{ type: "object", additionalProperties: {} }, "object"],
  [{}, "anything"],
])("%j is a %s", (schema, text) => {
  expect(typeText(schema)).toBe(text);
});

describe("fields", () => {
  test("a choice is told by its constants, limits and defaults are in the note", () => {
    const limit = { type: "integer", minimum: 1, maximum: 500, default: 50, description: "At most so many." };
    const schema = { properties: { scope: { $ref: "#/components/schemas/Part" }, limit }, required: ["scope"] };
    expect(describeFields(schema, components, 2)).toMatchObject([
      {
        ...{ name: "scope", type: "Part", required: true },
        fields: [
          { name: 'kind "all"', fields: [{ name: "kind" }] },
          { name: 'kind "host"', fields: [{ name: "kind" }, { name: "host" }] },
        ],
      },
      { name: "limit", required: false, note: "At most so many. 1 to 500. Otherwise 50.", fields: [] },
    ]);
  });

  test("what has a name is written out so deep, what has none always", () => {
    const [first] = describeFields({ $ref: "#/components/schemas/Tree" }, components, 2);
    expect(first?.fields[0]?.fields[0]?.fields).toEqual([]);
    const nested = { properties: { a: { type: "object", properties: { b: { properties: { c: {} } } } } } };
    expect(describeFields(nested, components, 0)[0]?.fields[0]?.fields[0]?.name).toBe("c");
  });
});

test("a sample has what must be there, and a shell takes it as it is", () => {
  expect(sampleOf({ $ref: "#/components/schemas/Part" }, components)).toEqual({ kind: "all" });
  const operation = {
    ...{ operationId: "putRulesById", summary: "", description: "", tags: [], security: [], responses: {} },
    parameters: [
      { name: "id", in: "path" as const, required: true, schema: { type: "string" as const } },
      { name: "where", in: "query" as const, required: true, style: "deepObject", schema: components.Part as never },
    ],
    requestBody: {
      required: true,
      content: { "application/json": { schema: { properties: { note: { const: "it's" } }, required: ["note"] } } },
    },
  };
  expect(curlLine({ method: "PUT", path: "/rules/{id}", operation }, "/api/v1", components)).toBe(
    [
      'curl -g -X PUT -H "Authorization: Bearer $UNITY_TOKEN" \\',
      `  -H "Content-Type: application/json" -d '{"note":"it'\\''s"}' \\`,
      '  "$UNITY_URL/api/v1/rules/{id}?where[kind]=all"',
    ].join("\n"),
  );
});
