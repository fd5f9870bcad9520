import { Secret } from "../secrets";
import type { AuditChange, Plain } from "./audit-entry";

/** Beyond, a list of changes is no list that anybody reads. */
const MOST_CHANGES = 100;
/** Of all of them, as JSON. */
const MOST_CHARACTERS = 16_000;
const MOST_TEXT = 300;
const MOST_PATH = 200;
const MOST_ITEMS = 20;
const DEEPEST = 16;

/** Names under which nothing is shown, whatever whoever made the view thought of it. */
const SECRET_NAMES = /^(password|passphrase|secret|token|authorization|cookie|api_?key|private_?key)$/i;

export interface Diff {
  readonly changes: AuditChange[];
  /** Changes for which there was no room. */
  readonly more: number;
}

/**
 * What is different, place by place, in the order of `after`. Pure. What is a `Secret` is `***` on both sides, and is listed when it was
 * replaced. Rows of lists are told apart by their `id`, or their `name`, or their place.
 * @param before plain values, with `Secret`s in them; undefined where there was nothing. Likewise `after`
 */
export function diff(before: unknown, after: unknown): Diff {
  const changes: AuditChange[] = [];
  let characters = 0;
  let more = 0;

  function put(change: AuditChange): void {
    const length = JSON.stringify(change).length;
    if (changes.length >= MOST_CHANGES || characters + length > MOST_CHARACTERS) {
      more += 1;
      return;
    }
    characters += length;
    changes.push(change);
  }

  function walk(path: string, was: unknown, is: unknown, depth: number): void {
    if (was === is || (was === undefined && is === undefined)) return;
    if (depth > DEEPEST) putDeep(path, was, is);
    else if (isBranch(was) || isBranch(is)) walkBranches(path, was, is, depth);
    else putLeaf(path, was, is);
  }

  /** What became another kind of thing ended, and something else began. */
  function walkBranches(path: string, was: unknown, is: unknown, depth: number): void {
    const [old, fresh] = [isBranch(was) ? was : undefined, isBranch(is) ? is : undefined];
    if (!old && !isNothing(was)) putLeaf(path, was, undefined);
    walkRows(path, old, fresh, depth);
    if (!fresh && !isNothing(is)) putLeaf(path, undefined, is);
  }

  function walkRows(path: string, was: Branch | undefined, is: Branch | undefined, depth: number): void {
    const [old, fresh] = [rowsOf(was), rowsOf(is)];
    if (Array.isArray(was) && Array.isArray(is)) putOrder(path, old, fresh);
    for (const [key, { label, value }] of fresh) walk(join(path, label), old.get(key)?.value, value, depth + 1);
    for (const [key, { label, value }] of old)
      if (!fresh.has(key)) walk(join(path, label), value, undefined, depth + 1);
  }

  /** Those that are on both sides stand in another order: it may decide. */
  function putOrder(path: string, old: Rows, fresh: Rows): void {
    const order = (of: Rows, other: Rows) => [...of].flatMap(([key, { label }]) => (other.has(key) ? [label] : []));
    putLeaf(path, order(old, fresh), order(fresh, old));
  }

  /** So deep nothing is shown, but that it is another one. */
  function putDeep(path: string, was: unknown, is: unknown): void {
    const side = (value: unknown) => (value === undefined ? undefined : "…");
    if (!isSame(was, is)) put({ path: cut(path, MOST_PATH), before: side(was), after: side(is) });
  }

  function putLeaf(path: string, was: unknown, is: unknown): void {
    if (isSame(was, is)) return;
    const hidden = SECRET_NAMES.test(path.slice(path.lastIndexOf(".") + 1));
    const side = (value: unknown) => (hidden && value !== null && value !== undefined ? "***" : shown(value));
    put({
      path: cut(path, MOST_PATH),
      ...(was === undefined ? {} : { before: side(was) }),
      ...(is === undefined ? {} : { after: side(is) }),
    });
  }

  walk("", before, after, 0);
  return { changes, more };
}

/** What has places of its own. A list of plain values is looked at as a whole. */
type Branch = Readonly<Record<string, unknown>> | readonly unknown[];

const isBranch = (value: unknown): value is Branch =>
  typeof value === "object" && value !== null && !(value instanceof Secret) && !isPlainList(value) && !isEmpty(value);

const isPlainList = (value: unknown): value is Plain[] =>
  Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null);
const isEmpty = (value: object) => Object.keys(value).length === 0;
/** Beside what has places, an empty list or object is one without any. */
const isNothing = (value: unknown) =>
  value === undefined || (typeof value === "object" && value !== null && !(value instanceof Secret) && isEmpty(value));

type Rows = ReadonlyMap<string, { readonly label: string; readonly value: unknown }>;

function rowsOf(branch: Branch | undefined): Rows {
  if (branch === undefined) return new Map();
  if (!Array.isArray(branch))
    return new Map(Object.entries(branch).map(([name, value]) => [name, { label: `.${name}`, value }]));
  const rows = branch.map((value: unknown, index) => {
    const name = textAt(value, "name");
    const key = textAt(value, "id") ?? name ?? `${index}`;
    return [key, { label: `[${name ?? key}]`, value }] as const;
  });
  const told = new Map(rows);
  if (told.size === rows.length) return told;
  // Two have the same name.
  return new Map(branch.map((value: unknown, index) => [`${index}`, { label: `[${index}]`, value }]));
}

function textAt(row: unknown, name: string): string | undefined {
  if (typeof row !== "object" || row === null || !Object.hasOwn(row, name)) return undefined;
  const value: unknown = Reflect.get(row, name);
  return typeof value === "string" ? value : undefined;
}

const join = (path: string, label: string) => (path === "" && label.startsWith(".") ? label.slice(1) : path + label);

function isSame(was: unknown, is: unknown): boolean {
  if (was instanceof Secret && is instanceof Secret) return was.reveal() === is.reveal();
  if (was instanceof Secret || is instanceof Secret) return false;
  return JSON.stringify(was) === JSON.stringify(is);
}

function shown(value: unknown): Plain | Plain[] {
  if (value instanceof Secret) return "***";
  if (typeof value === "string") return cut(value, MOST_TEXT);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  if (isPlainList(value)) {
    const items = value.slice(0, MOST_ITEMS).map((one) => (typeof one === "string" ? cut(one, MOST_TEXT) : one));
    return value.length > MOST_ITEMS ? [...items, `… ${value.length - MOST_ITEMS} more`] : items;
  }
  return "{}";
}

const cut = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
