import { z } from "zod";
import type { Plugin } from "../../plugins/sdk/plugin";

interface Field {
  readonly title?: unknown;
  readonly default?: unknown;
  readonly secret?: unknown;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly items?: Field;
  readonly anyOf?: readonly Field[];
  readonly additionalProperties?: Field | boolean;
}

/** The config schema must become a form: every field has a default, may be left out, or says what it is. */
export function findConfigProblems(plugin: Plugin): string[] {
  const problems: string[] = [];
  let form: Field;
  try {
    // JSON Schema is what zod says it is; only the parts named above are looked at.
    form = z.toJSONSchema(plugin.config, { io: "input" }) as Field;
  } catch (error) {
    return [`config: cannot become a form: ${error instanceof Error ? error.message : error}`];
  }
  walk(form, "config", problems);
  const defaults = plugin.config.safeParse({});
  if (plugin.autostart && !defaults.success) {
    const missing = defaults.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    problems.push(`config: a plugin that starts by itself needs defaults for everything (${missing}).`);
  }
  return problems;
}

function walk(field: Field, path: string, problems: string[]): void {
  for (const [name, child] of Object.entries(field.properties ?? {})) {
    const required = field.required?.includes(name) ?? false;
    if (required && typeof child.title !== "string")
      problems.push(`${path}.${name}: is required, so it needs a title: .meta({ title: "..." }).`);
    if (child.secret === true && child.default !== undefined)
      problems.push(`${path}.${name}: a secret must not have a default, because the form would show it.`);
    walk(child, `${path}.${name}`, problems);
  }
  if (field.items) walk(field.items, `${path}[]`, problems);
  for (const option of field.anyOf ?? []) walk(option, path, problems);
  if (typeof field.additionalProperties === "object") walk(field.additionalProperties, `${path}{}`, problems);
}
