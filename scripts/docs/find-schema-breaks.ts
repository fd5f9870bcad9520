/** A JSON Schema as the document has it, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** "answer": who reads it must find what was there. "request": who sent it before must be understood. */
export type Way = "answer" | "request";

interface Ask {
  readonly way: Way;
  /** For people: where it is. */
  readonly at: string;
  /** Where references lead, before and after. */
  readonly before: Schema;
  readonly after: Schema;
  /** Pairs of references that are being looked at: schemas may hold themselves. */
  readonly open: ReadonlySet<string>;
}

/** What a client that knows the first schema meets in the second that it does not expect. */
export function findSchemaBreaks(before: unknown, after: unknown, ask: Ask): string[] {
  const pair = `${refOf(before)} ${refOf(after)}`;
  if (ask.open.has(pair)) return [];
  const inner = refOf(before) || refOf(after) ? { ...ask, open: new Set([...ask.open, pair]) } : ask;
  const was = resolve(before, ask.before);
  const is = resolve(after, ask.after);
  return [
    ...findTypeBreaks(was, is, inner),
    ...findFieldBreaks(was, is, inner),
    ...findChoiceBreaks(was, is, inner),
    ...(ask.way === "request" ? findNarrower(was, is, ask.at) : []),
    ...["items", "additionalProperties"].flatMap((key) =>
      isSchema(was[key]) && isSchema(is[key])
        ? findSchemaBreaks(was[key], is[key], { ...inner, at: `${ask.at}[]` })
        : [],
    ),
  ];
}

function findTypeBreaks(was: Schema, is: Schema, { way, at }: Ask): string[] {
  const [known, given] = way === "answer" ? [typesOf(was), typesOf(is)] : [typesOf(is), typesOf(was)];
  // Without types anything goes.
  if (known.length === 0) return [];
  const isCovered = given.length > 0 && given.every((type) => known.includes(type));
  return isCovered
    ? []
    : [`${at} was ${typesOf(was).join(" or ") || "anything"}, now ${typesOf(is).join(" or ") || "anything"}`];
}

function findFieldBreaks(was: Schema, is: Schema, ask: Ask): string[] {
  const { way, at } = ask;
  const [fieldsBefore, fieldsAfter] = [fieldsOf(was), fieldsOf(is)];
  const [neededBefore, neededAfter] = [listOf(was.required), listOf(is.required)];
  const kept = Object.entries(fieldsBefore).flatMap(([name, schema]) => {
    const place = `${at}.${name}`;
    if (!Object.hasOwn(fieldsAfter, name)) return [`${place} is gone`];
    const isMissing = way === "answer" && neededBefore.includes(name) && !neededAfter.includes(name);
    return [
      ...(isMissing ? [`${place} may be missing now`] : []),
      ...findSchemaBreaks(schema, fieldsAfter[name], { ...ask, at: place }),
    ];
  });
  const needed =
    way === "request"
      ? neededAfter
          .filter((name) => !neededBefore.includes(name))
          .map((name) => `${at}.${String(name)} is required now`)
      : [];
  return [...kept, ...needed];
}

/** Of several shapes: each that was there is looked for again. Of answers, one that does not come any more hurts nobody. */
function findChoiceBreaks(was: Schema, is: Schema, ask: Ask): string[] {
  const after = choicesOf(is);
  return choicesOf(was).flatMap((choice) => {
    const name = nameOf(choice, ask.before);
    const same = after.find((one) => nameOf(one, ask.after) === name);
    if (same) return findSchemaBreaks(choice, same, { ...ask, at: `${ask.at}(${name})` });
    return ask.way === "request" ? [`${ask.at} does not take ${name} any more`] : [];
  });
}

/** What was valid and is not any more. */
function findNarrower(was: Schema, is: Schema, at: string): string[] {
  const found: string[] = [];
  for (const key of ["maximum", "maxLength", "maxItems"])
    if (numberOf(is[key], Number.POSITIVE_INFINITY) < numberOf(was[key], Number.POSITIVE_INFINITY))
      found.push(`${at}: ${key} is ${is[key]} now`);
  for (const key of ["minimum", "minLength", "minItems"])
    if (numberOf(is[key], Number.NEGATIVE_INFINITY) > numberOf(was[key], Number.NEGATIVE_INFINITY))
      found.push(`${at}: ${key} is ${is[key]} now`);
  const [valuesBefore, valuesAfter] = [listOf(was.enum), listOf(is.enum)];
  if (valuesAfter.length > 0)
    for (const value of valuesBefore)
      if (!valuesAfter.includes(value)) found.push(`${at} does not take ${JSON.stringify(value)} any more`);
  return found;
}

/** What tells a shape from its neighbours: its reference's name, the constants in it, or its type. */
function nameOf(schema: unknown, document: Schema): string {
  const own = resolve(schema, document);
  const constants = Object.entries(fieldsOf(own)).flatMap(([name, field]) => {
    const { const: value, enum: values } = resolve(field, document);
    return value === undefined && !Array.isArray(values) ? [] : [`${name}=${JSON.stringify(value ?? values)}`];
  });
  return constants.join(" ") || refOf(schema).split("/").at(-1) || typesOf(own).join("|") || "anything";
}

function resolve(schema: unknown, document: Schema): Schema {
  const reference = refOf(schema);
  if (!reference) return isSchema(schema) ? schema : {};
  const found = reference
    .replace("#/", "")
    .split("/")
    .reduce<unknown>((at, key) => (isSchema(at) ? at[key] : undefined), document);
  return resolve(found, document);
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const refOf = (schema: unknown): string => (isSchema(schema) && typeof schema.$ref === "string" ? schema.$ref : "");
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const fieldsOf = ({ properties }: Schema): Schema => (isSchema(properties) ? properties : {});
const choicesOf = ({ anyOf, oneOf }: Schema) => [...listOf(anyOf), ...listOf(oneOf)];
const numberOf = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
const typesOf = ({ type, const: value }: Schema): readonly string[] => {
  if (type !== undefined) return [type].flat().map(String);
  return value === undefined ? [] : [typeof value];
};
