import { asc, eq } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { z } from "zod";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { messageOf, UnityError } from "../errors";
import type { Log } from "../log";
import { type Changes, type Prepared, sizeAfter } from "./changes";
import { type Override, OverrideDraft } from "./shapes/override";
import { type Rule, RuleDraft } from "./shapes/rule";

/** Rules and overrides that people made, in memory, the database behind them. `changed` hears of every change after it is stored. */
export interface RuleBook {
  rules(): readonly Rule[];
  /** @throws UnityError `not_found` */
  require(id: string): Rule;
  /** @throws UnityError `invalid` naming the field */
  create(draft: unknown): Promise<Rule>;
  update(id: string, draft: unknown): Promise<Rule>;
  remove(id: string): Promise<Rule>;
  overrides(): readonly Override[];
  override(draft: unknown): Promise<Override>;
  changeOverride(id: string, draft: unknown): Promise<Override>;
  removeOverride(id: string): Promise<Override>;
  /** @throws UnityError `too_many` */
  prepare(changes: { readonly rules: Changes<Rule>; readonly overrides: Changes<Override> }): Prepared;
  /** Reads what other processes changed. */
  reload(): Promise<void>;
}

const MOST_RULES = 2_000;
const MOST_OVERRIDES = 5_000;

export async function openRuleBook(
  { db, schema }: Connection,
  { clock, log, changed }: { clock: Clock; log: Log; changed: (origin: "here" | "elsewhere") => void },
): Promise<RuleBook> {
  const { alerts, alertOverrides } = schema;
  let rules = new Map<string, Rule>();
  let overrides = new Map<string, Override>();

  async function load(): Promise<void> {
    const ruleRows = await db.select().from(alerts).orderBy(asc(alerts.id));
    const overrideRows = await db.select().from(alertOverrides).orderBy(asc(alertOverrides.id));
    rules = new Map(
      ruleRows.flatMap(({ id, origin, rule }) => {
        const parsed = read(RuleDraft, rule, { id, log });
        return parsed ? [[id, { ...parsed, id, origin }] as const] : [];
      }),
    );
    overrides = new Map(
      overrideRows.flatMap(({ id, override }) => {
        const parsed = read(OverrideDraft, override, { id, log });
        return parsed ? [[id, { ...parsed, id }] as const] : [];
      }),
    );
  }
  await load();

  function need<T>(of: ReadonlyMap<string, T>, id: string, what: "rule" | "override"): T {
    const found = of.get(id);
    if (!found) throw nothingThere(what);
    return found;
  }

  type Transaction = Connection["db"];

  async function writeRules(tx: Transaction, { add, change, remove }: Changes<Rule>, now: number): Promise<void> {
    for (const id of remove) await tx.delete(alerts).where(eq(alerts.id, id));
    for (const { id, origin: _, ...rule } of change)
      await tx.update(alerts).set({ rule, updatedAt: now }).where(eq(alerts.id, id));
    for (const { id, origin, ...rule } of add) {
      const row = { id, origin: origin === "file" ? origin : ("person" as const), rule };
      await tx.insert(alerts).values({ ...row, createdAt: now, updatedAt: now });
    }
  }

  async function writeOverrides(
    tx: Transaction,
    { add, change, remove }: Changes<Override>,
    now: number,
  ): Promise<void> {
    for (const id of remove) await tx.delete(alertOverrides).where(eq(alertOverrides.id, id));
    for (const { id, ...override } of change)
      await tx.update(alertOverrides).set({ override, updatedAt: now }).where(eq(alertOverrides.id, id));
    for (const { id, ...override } of add)
      await tx.insert(alertOverrides).values({ id, override, createdAt: now, updatedAt: now });
  }

  return {
    rules: () => [...rules.values()],
    require: (id) => need(rules, id, "rule"),
    async create(draft) {
      if (rules.size >= MOST_RULES) throw new UnityError("too_many", `There are ${MOST_RULES} rules already.`);
      const rule = check(RuleDraft, draft);
      const [id, now] = [createId(), clock.now()];
      await db.insert(alerts).values({ id, origin: "person", rule, createdAt: now, updatedAt: now });
      const made: Rule = { ...rule, id, origin: "person" };
      rules.set(id, made);
      changed("here");
      return made;
    },
    async update(id, draft) {
      const { origin } = need(rules, id, "rule");
      const rule = check(RuleDraft, draft);
      await db.update(alerts).set({ rule, updatedAt: clock.now() }).where(eq(alerts.id, id));
      const made: Rule = { ...rule, id, origin };
      rules.set(id, made);
      changed("here");
      return made;
    },
    async remove(id) {
      const rule = need(rules, id, "rule");
      await db.delete(alerts).where(eq(alerts.id, id));
      rules.delete(id);
      changed("here");
      return rule;
    },
    overrides: () => [...overrides.values()],
    async override(draft) {
      if (overrides.size >= MOST_OVERRIDES)
        throw new UnityError("too_many", `There are ${MOST_OVERRIDES} overrides already.`);
      const override = check(OverrideDraft, draft);
      const [id, now] = [createId(), clock.now()];
      await db.insert(alertOverrides).values({ id, override, createdAt: now, updatedAt: now });
      const made = { ...override, id };
      overrides.set(id, made);
      changed("here");
      return made;
    },
    async changeOverride(id, draft) {
      need(overrides, id, "override");
      const override = check(OverrideDraft, draft);
      await db.update(alertOverrides).set({ override, updatedAt: clock.now() }).where(eq(alertOverrides.id, id));
      const made = { ...override, id };
      overrides.set(id, made);
      changed("here");
      return made;
    },
    async removeOverride(id) {
      const override = need(overrides, id, "override");
      await db.delete(alertOverrides).where(eq(alertOverrides.id, id));
      overrides.delete(id);
      changed("here");
      return override;
    },
    prepare(changes) {
      if (sizeAfter(rules.size, changes.rules) > MOST_RULES)
        throw new UnityError("too_many", `More than ${MOST_RULES} rules.`);
      if (sizeAfter(overrides.size, changes.overrides) > MOST_OVERRIDES)
        throw new UnityError("too_many", `More than ${MOST_OVERRIDES} overrides.`);
      const now = clock.now();
      return {
        async write(tx) {
          await writeRules(tx, changes.rules, now);
          await writeOverrides(tx, changes.overrides, now);
        },
        async done() {
          await load();
          changed("here");
        },
      };
    },
    async reload() {
      await load();
      changed("elsewhere");
    },
  };
}

/** Also of what somebody may not see: nobody can tell the two apart. */
export const nothingThere = (what: "rule" | "override") =>
  new UnityError("not_found", `This ${what} is not there any more.`);

function check<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UnityError("invalid", issue?.message ?? "This is not valid.", { field: issue?.path.join(".") ?? "" });
}

/** What another version wrote and this one does not understand stays in the database, and is not heeded. */
function read<T extends z.ZodType>(schema: T, stored: unknown, { id, log }: { id: string; log: Log }) {
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data;
  log.warn({ id, error: messageOf(parsed.error) }, "a rule or an override was stored in a form that is not understood");
  return undefined;
}
