import { z } from "zod";
import type { UnityError } from "../errors";
import { type Path, readYaml, refusedFile, shorten } from "./read-yaml";

/** A part of a file: a list of things, or one thing that has names for what is set. */
export interface PartShape {
  /** Of each thing of a list; without it the things of a list have none. */
  readonly id?: z.ZodType<string>;
  readonly content: z.ZodType;
  /** As many as a Unity may have. Undefined: it is no list, but one thing. */
  readonly most?: number;
}

export interface ReadParts {
  /** Of each part that the file has, what its schema made of it. */
  readonly parts: Readonly<Record<string, unknown>>;
  /** An error about one entry; of a part that is no list, `index` is null. */
  refuse(part: string, index: number | null, message: string, path?: Path): UnityError;
}

interface Reading extends Pick<ReadParts, "refuse"> {
  lineOf(path: Path): number | undefined;
}

/** @throws UnityError `invalid` saying where */
export function readParts(
  text: string,
  { version: wanted, shapes }: { version: number; shapes: Readonly<Record<string, PartShape>> },
): ReadParts {
  const { content, lineOf } = readYaml(text);
  if (!isRecord(content)) throw refusedFile("The file is no list of names with values: it begins with `version: 1`.");
  const { version, ...parts } = content;
  if (version !== wanted) throw refusedFile(`The file must say \`version: ${wanted}\`.`, lineOf(["version"]));
  const strange = Object.keys(parts).find((name) => !Object.hasOwn(shapes, name));
  if (strange !== undefined)
    throw refusedFile(`"${shorten(strange)}" is nothing that this version of Unity knows.`, lineOf([strange]));
  const refuse: ReadParts["refuse"] = (part, index, message, path = []) => {
    const head = index === null ? part : `${part}, number ${index + 1}`;
    const place = [head, ...(path.length > 0 ? [shorten(path.join("."))] : [])].join(", ");
    return refusedFile(`${place}: ${message}`, lineOf([part, ...(index === null ? [] : [index]), ...path]));
  };
  const read = Object.entries(shapes).flatMap(([part, shape]) => {
    const given = parts[part];
    if (given === undefined) return [];
    const reading = { refuse, lineOf };
    return [
      [part, shape.most === undefined ? readOne(part, given, shape, reading) : readList(part, given, shape, reading)],
    ];
  });
  return { parts: Object.fromEntries(read) as Record<string, unknown>, refuse };
}

function readOne(part: string, given: unknown, { content }: PartShape, { refuse }: Reading): unknown {
  return readStrictly(content, given, (message, path) => refuse(part, null, message, path));
}

function readList(
  part: string,
  list: unknown,
  { id: idSchema, content, most = 0 }: PartShape,
  { refuse, lineOf }: Reading,
): unknown[] {
  if (!Array.isArray(list)) throw refusedFile(`"${part}" is no list.`, lineOf([part]));
  if (list.length > most) throw refusedFile(`There may be ${most} ${part} at most.`, lineOf([part]));
  const ids = new Set<string>();
  return list.map((entry: unknown, index) => {
    const refuseEntry = (message: string, path: Path) => refuse(part, index, message, path);
    if (!idSchema) return readStrictly(content, entry, refuseEntry);
    const { id } = readEntry(z.object({ id: idSchema.optional() }), entry, refuseEntry);
    if (id !== undefined && ids.has(id)) throw refuse(part, index, `the id ${id} is there twice.`, ["id"]);
    if (id !== undefined) ids.add(id);
    const { id: _, ...rest } = entry as Record<string, unknown>;
    const read = readStrictly(content, rest, refuseEntry);
    return id === undefined ? read : { ...(read as object), id };
  });
}

type RefuseEntry = (message: string, path: Path) => UnityError;

function readStrictly(schema: z.ZodType, given: unknown, refuse: RefuseEntry): unknown {
  const read = readEntry(schema, given, refuse);
  const strange = findStrange(given, read);
  if (strange) throw refuse(`"${shorten(strange.join("."))}" is nothing that Unity knows.`, strange);
  return read;
}

function readEntry<T extends z.ZodType>(schema: T, entry: unknown, refuse: RefuseEntry): z.output<T> {
  const parsed = schema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const isMissing = issue?.code === "invalid_type" && issue.message.endsWith("received undefined");
  throw refuse(
    isMissing ? "It is missing." : (issue?.message ?? "This is not valid."),
    (issue?.path ?? []).map((step) => (typeof step === "number" ? step : String(step))),
  );
}

/** A name with a mistake in it would be ignored, and its value with it. */
function findStrange(given: unknown, read: unknown): string[] | undefined {
  if (given === null || typeof given !== "object" || read === null || typeof read !== "object") return undefined;
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(read, key)) return [key];
    const found = findStrange(value, (read as Record<string, unknown>)[key]);
    if (found !== undefined) return [key, ...found];
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
