import type { z } from "zod";
import { createSchemaWriter, type JsonSchema } from "./document-schemas";
import { paramOf } from "./find-operation";
import { isCreate, MOUNT, OPERATIONS, type Operation, PARAMETERS } from "./operations";
import { PROBLEMS } from "./problem";
import { inputFieldsOf, type Procedure, requireProcedure } from "./procedures";
import { takesBody } from "./read-input";
import { writtenAs } from "./read-query";

export interface ApiParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly description?: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema: JsonSchema;
}
interface Content {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;
}
export interface ApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}
/** What is used of OpenAPI 3.1. */
export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly security: ApiOperation["security"];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> } & Readonly<Record<string, unknown>>;
}

type Writer = ReturnType<typeof createSchemaWriter>;

const ABOUT = [
  "Everything that Unity's pages can do, for programs. Instants are epoch milliseconds, null is unknown; units of values stand with their metric.",
  "Come with an API token: `Authorization: Bearer unity_...`. An answer has what the caller may see and no more.",
  'A list is `{"items": [...], "nextCursor": null}`. Where there is more, `nextCursor` is the next `cursor`, and the header `Link` has its address.',
  "A list in a query repeats its name (`metrics=a&metrics=b`); an object's parts stand in brackets (`where[disk]=sda`).",
  "What went wrong is `application/problem+json` (RFC 9457). `RateLimit-Limit`, `-Remaining` and `-Reset` (seconds) say how much may be asked.",
  "Within v1 paths, parameters and fields only come. Ignore fields that you do not know.",
].join("\n\n");

/** The API as OpenAPI 3.1 says it. The same every time. */
export function writeDocument(): ApiDocument {
  const writer = createSchemaWriter();
  const paths: Record<string, Record<string, ApiOperation>> = {};
  for (const [tag, operations] of Object.entries(OPERATIONS)) {
    for (const operation of operations) {
      paths[operation.path] ??= {};
      Object.assign(paths[operation.path] ?? {}, {
        [operation.method.toLowerCase()]: writeOperation(operation, tag, writer),
      });
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: "Unity", version: "1", description: ABOUT },
    servers: [{ url: MOUNT }],
    tags: Object.keys(OPERATIONS).map((name) => ({ name })),
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token, made under Settings, API tokens." },
        session: { type: "apiKey", in: "cookie", name: "unity.session_token", description: "Of who is signed in." },
      },
      responses: { Problem: PROBLEM_RESPONSE },
      schemas: { Problem: PROBLEM, ...writer.components() },
    },
  };
}

function writeOperation(operation: Operation, tag: string, writer: Writer): ApiOperation {
  const procedure = requireProcedure(operation.procedure);
  const parameters = writeParameters(operation, procedure, writer);
  const body = takesBody(operation) ? writeBody(operation, procedure, writer) : undefined;
  return {
    operationId: operationIdOf(operation),
    summary: operation.summary,
    description: describeAccess(procedure),
    tags: [tag],
    security: securityOf(procedure),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: operation.body !== undefined || (body.required ?? []).length > 0 || body.$ref !== undefined,
            content: { "application/json": { schema: body } },
          },
        }
      : {}),
    responses: {
      [isCreate(operation) ? "201" : "200"]: writeAnswer(operation, procedure, writer),
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

/** Of the public address, so that an inner name may change: GET /instances/{id}/runs is getInstancesByIdRuns. */
function operationIdOf({ method, path }: Operation): string {
  const parts = path.split(/[/-]/).filter(Boolean);
  const words = parts.map((part) => paramOf(part)?.replace(/^./, (letter) => `By${letter.toUpperCase()}`) ?? part);
  return `${method.toLowerCase()}${words.map((word) => word.replace(/^./, (letter) => letter.toUpperCase())).join("")}`;
}

function describeAccess({ access, filtered }: Procedure): string {
  if (access === "everybody") return "For everybody.";
  const whole = filtered ? "" : " It is not for those who see only what has certain tags.";
  return `Needs the permission \`${access}\`.${whole}`;
}

/** A token's scopes and a person's permissions have the same names. */
function securityOf({ access }: Procedure): ApiOperation["security"] {
  if (access === undefined || access === "everybody") return [{ token: [] }, { session: [] }, {}];
  return [{ token: [access] }, { session: [access] }];
}

function writeParameters(
  { method, path, procedure: name, page }: Operation,
  { input }: Procedure,
  writer: Writer,
): ApiParameter[] {
  if (!input) return [];
  const { properties, required } = inputFieldsOf(name);
  const written = (writer.write(input, "input").properties ?? {}) as Record<string, JsonSchema>;
  const inPath = path.split("/").flatMap((part) => paramOf(part) ?? []);
  const ofPath = inPath.map(
    (one): ApiParameter => ({ name: one, in: "path", required: true, schema: written[one] ?? { type: "string" } }),
  );
  if (method !== "GET") return ofPath;
  const ofQuery = Object.keys(properties)
    .filter((one) => !inPath.includes(one))
    .map((one): ApiParameter => {
      const how = writtenAs(properties[one] ?? {});
      const isCursor = page !== undefined && one === "cursor";
      return {
        name: one,
        in: "query",
        required: required.has(one),
        ...(PARAMETERS[one] ? { description: PARAMETERS[one] } : {}),
        ...(how === "object" ? { style: "deepObject", explode: true } : {}),
        ...(how === "list" ? { style: "form", explode: true } : {}),
        schema: isCursor ? { type: "string" } : (written[one] ?? {}),
      };
    });
  return [...ofPath, ...ofQuery];
}

function writeBody(
  { path, body, bodySchema }: Operation,
  { input }: Procedure,
  writer: Writer,
): JsonSchema | undefined {
  if (bodySchema) return writer.write(bodySchema, "input");
  if (!input) return undefined;
  const written = writer.write(input, "input");
  if (body !== undefined) return written.properties?.[body] as JsonSchema;
  const inPath = new Set(path.split("/").flatMap((part) => paramOf(part) ?? []));
  if (inPath.size === 0) return written;
  const left = (one: string) => !inPath.has(one);
  const { properties = {}, required = [], ...more } = written;
  const needed = required.filter(left);
  return {
    ...more,
    properties: Object.fromEntries(Object.entries(properties).filter(([one]) => left(one))),
    ...(needed.length > 0 ? { required: needed } : {}),
  };
}

function writeAnswer({ page }: Operation, { output }: Procedure, writer: Writer): Content {
  if (!output) return { description: "Done." };
  const list = page === undefined ? elementOf(output) : pageOf(output, page);
  const schema = list ? listOf(writer.write(list, "output")) : writer.write(unwrapNull(output), "output");
  return {
    description: list ? "A list." : "Done.",
    ...(page === undefined ? {} : { headers: { Link: LINK } }),
    content: { "application/json": { schema } },
  };
}

/** Null is answered by 404. */
const unwrapNull = (output: z.ZodType): z.ZodType => {
  const { type, innerType } = output._zod.def as { type: string; innerType?: z.ZodType };
  return type === "nullable" && innerType ? innerType : output;
};
const elementOf = (output: z.ZodType): z.ZodType | undefined => (output._zod.def as { element?: z.ZodType }).element;
function pageOf(output: z.ZodType, page: string): z.ZodType | undefined {
  const { shape } = output._zod.def as { shape?: Readonly<Record<string, z.ZodType>> };
  const list = shape?.[page];
  return list && elementOf(list);
}

const listOf = (items: JsonSchema): JsonSchema => ({
  type: "object",
  properties: {
    items: { type: "array", items },
    nextCursor: { type: ["string", "null"] as never, description: "The next page's `cursor`; null on the last." },
  },
  required: ["items", "nextCursor"],
});

const LINK = { description: 'The next page\'s address, `rel="next"`; absent on the last.', schema: { type: "string" } };

const PROBLEM: JsonSchema = {
  type: "object",
  description: "What went wrong, RFC 9457.",
  properties: {
    type: {
      type: "string",
      description: "Stays the same for programs.",
      enum: Object.values(PROBLEMS).map((one) => `urn:unity:problem:${one}`),
    },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "One sentence for people." },
    field: { type: "string", description: "Which of what was sent it is about." },
  },
  required: ["type", "title", "status", "detail"],
};

const PROBLEM_RESPONSE = {
  description: "Why not.",
  headers: { "Retry-After": { description: "Of 429: in so many seconds.", schema: { type: "integer" } } },
  content: {
    "application/problem+json": {
      schema: { $ref: "#/components/schemas/Problem" },
      example: {
        ...{ type: "urn:unity:problem:not-found", title: "Not Found", status: 404 },
        detail: "There is no such instance.",
      },
    },
  },
};
