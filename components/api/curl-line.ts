import type { Entry, Schema } from "./api-types";
import { sampleOf } from "./describe-schema";

/** How a shell calls it, with what must be sent: `$UNITY_URL` and `$UNITY_TOKEN` are the reader's. */
export function curlLine({ method, path, operation }: Entry, base: string, components: Schema): string {
  const needed = (operation.parameters ?? []).filter((one) => one.in === "query" && one.required);
  const query = needed.map(({ name, schema, style }) =>
    style === "deepObject"
      ? Object.entries(sampleOf(schema, components) as object)
          .map(([key, value]) => `${name}[${key}]=${value}`)
          .join("&")
      : `${name}=${sampleOf(schema, components)}`,
  );
  const isDeep = needed.some(({ style }) => style === "deepObject");
  const body = operation.requestBody?.content["application/json"]?.schema;
  // In single quotes a shell leaves everything as it is, but for these.
  const data = body ? JSON.stringify(sampleOf(body, components)).replaceAll("'", "'\\''") : undefined;
  return [
    `curl${isDeep ? " -g" : ""}${method === "GET" ? "" : ` -X ${method}`} -H "Authorization: Bearer $UNITY_TOKEN"`,
    ...(data === undefined ? [] : [`  -H "Content-Type: application/json" -d '${data}'`]),
    `  "$UNITY_URL${base}${path}${query.length > 0 ? `?${query.join("&")}` : ""}"`,
  ].join(" \\\n");
}
