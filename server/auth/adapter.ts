import { type CleanedWhere, type CustomAdapter, createAdapterFactory } from "better-auth/adapters";
import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  or,
  type SQL,
} from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { v7 as createId } from "uuid";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";

type Row = Record<string, unknown>;

/** Nobody signs in with this many passkeys, and a list without an end is none. */
const MOST_ROWS = 1_000;

/**
 * better-auth's models in our tables, on every database: its own adapter for drizzle wants the driver's results, and `returning`
 * where MySQL has none. Instants are `Date` there and epoch milliseconds here.
 */
export function createAuthAdapter({ db, dialect, schema }: Connection) {
  const tables: Readonly<Record<string, PgTable | undefined>> = {
    user: schema.users,
    account: schema.accounts,
    session: schema.sessions,
    verification: schema.verifications,
    twoFactor: schema.twoFactors,
    passkey: schema.passkeys,
  };

  function tableOf(model: string): PgTable {
    const table = tables[model];
    if (!table) throw new UnityError("internal", `There is no table for the model "${model}".`);
    return table;
  }

  async function select(
    model: string,
    where: CleanedWhere[] | undefined,
    more: Partial<Selection> = {},
  ): Promise<Row[]> {
    const table = tableOf(model);
    const { limit = MOST_ROWS, offset = 0, sortBy } = more;
    const query = db.select().from(table).where(conditionOf(table, where)).limit(limit).offset(offset).$dynamic();
    if (!sortBy) return query;
    return query.orderBy((sortBy.direction === "desc" ? desc : asc)(columnOf(table, sortBy.field)));
  }

  const adapter: Omit<CustomAdapter, "options"> = {
    async create({ model, data }) {
      await db.insert(tableOf(model)).values(data as never);
      // With what the table adds by itself.
      const [made] = await select(model, [idIs(String(data.id))]);
      return (made ?? data) as never;
    },
    async findOne({ model, where }) {
      const [row] = await select(model, where, { limit: 1 });
      return (row as never) ?? null;
    },
    findMany: async ({ model, where, limit, offset, sortBy }) =>
      (await select(model, where, { limit: Math.min(limit, MOST_ROWS), offset, sortBy })) as never,
    async update({ model, where, update }) {
      const [row] = await select(model, where, { limit: 1 });
      if (!row) return null;
      const one = [...where, idIs(String(row.id))];
      const table = tableOf(model);
      const changed = await dialect.updateCounted(db, table, update as never, conditionOf(table, one));
      if (changed === 0) return null;
      const [after] = await select(model, [idIs(String(row.id))]);
      return (after as never) ?? null;
    },
    updateMany: ({ model, where, update }) =>
      dialect.updateCounted(db, tableOf(model), update as never, conditionOf(tableOf(model), where)),
    async delete({ model, where }) {
      await dialect.deleteCounted(db, tableOf(model), conditionOf(tableOf(model), where));
    },
    deleteMany: ({ model, where }) => dialect.deleteCounted(db, tableOf(model), conditionOf(tableOf(model), where)),
    /** Of several who take the same at once, one gets it: a recovery code or an answer of a provider counts once. */
    async consumeOne({ model, where }) {
      const [row] = await select(model, where, { limit: 1 });
      if (!row) return null;
      const taken = await dialect.deleteCounted(
        db,
        tableOf(model),
        conditionOf(tableOf(model), [...where, idIs(String(row.id))]),
      );
      return taken === 1 ? (row as never) : null;
    },
    async count({ model, where }) {
      const table = tableOf(model);
      const [row] = await db.select({ rows: count() }).from(table).where(conditionOf(table, where));
      return Number(row?.rows ?? 0);
    },
  };

  return createAdapterFactory({
    config: {
      adapterId: "unity",
      supportsNumericIds: false,
      supportsDates: true,
      supportsBooleans: true,
      supportsJSON: false,
      supportsArrays: false,
      transaction: false,
      customIdGenerator: () => createId(),
      customTransformInput: ({ data }) => (data instanceof Date ? data.getTime() : data),
      customTransformOutput: ({ data, fieldAttributes }) =>
        fieldAttributes.type === "date" && typeof data === "number" ? new Date(data) : data,
    },
    adapter: () => adapter,
  });
}

interface Selection {
  readonly limit: number;
  readonly offset: number | undefined;
  readonly sortBy: { readonly field: string; readonly direction: "asc" | "desc" } | undefined;
}

const idIs = (id: string): CleanedWhere => ({
  field: "id",
  value: id,
  operator: "eq",
  connector: "AND",
  mode: "sensitive",
});

function columnOf(table: PgTable, field: string): PgColumn {
  const column = getTableColumns(table)[field];
  if (!column) throw new UnityError("internal", `There is no column "${field}".`);
  return column;
}

/** All with AND, and one of those with OR, as better-auth means it. */
function conditionOf(table: PgTable, where: CleanedWhere[] = []): SQL | undefined {
  const made = (connector: "AND" | "OR") =>
    where.filter((one) => one.connector === connector).map((one) => compare(columnOf(table, one.field), one));
  const [all, some] = [made("AND"), made("OR")];
  return and(...all, some.length > 0 ? or(...some) : undefined);
}

function compare(column: PgColumn, { operator, value, mode }: CleanedWhere): SQL {
  // Names and addresses come in small letters already, and what is not implemented must not pass for something else.
  if (mode === "insensitive")
    throw new UnityError("internal", `"${column.name}" is not searched without regard to case.`);
  const plain = value instanceof Date ? value.getTime() : value;
  const list = Array.isArray(plain) ? plain : [plain];
  switch (operator) {
    case "eq":
      return plain === null ? isNull(column) : eq(column, plain);
    case "ne":
      return plain === null ? isNotNull(column) : ne(column, plain);
    case "lt":
      return lt(column, plain);
    case "lte":
      return lte(column, plain);
    case "gt":
      return gt(column, plain);
    case "gte":
      return gte(column, plain);
    case "in":
      return inArray(column, list as never);
    case "not_in":
      return notInArray(column, list as never);
    case "contains":
    case "starts_with":
    case "ends_with":
      // Only lists of people would ask so, and those are ours.
      throw new UnityError("internal", `"${column.name}" is not searched by parts.`);
  }
  return operator satisfies never;
}
