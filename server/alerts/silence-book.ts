import { and, asc, eq, isNotNull, lt } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { messageOf, UnityError } from "../errors";
import type { Log } from "../log";
import { type Changes, type Prepared, sizeAfter } from "./changes";
import { makeWindow, type Window } from "./occurrences";
import { type Silence, SilenceDraft } from "./shapes/silence";

/** A silence with its calendar. */
export interface Kept {
  readonly silence: Silence;
  readonly window: Window;
}

/** Silences and maintenance windows, in memory, the database behind them. `changed` hears of every change after it is stored. */
export interface SilenceBook {
  /** In the order they were made; what is over stays until it is pruned. */
  all(): readonly Kept[];
  /** @throws UnityError `not_found` */
  require(id: string): Kept;
  /** @throws UnityError `invalid` naming the field */
  create(draft: unknown, by: string): Promise<Kept>;
  update(id: string, draft: unknown): Promise<Kept>;
  /** Ends what is open now; what comes again does so. @throws UnityError `conflict` when it is not open */
  end(id: string): Promise<Kept>;
  /** What comes again or is yet to come is gone; what ran stays on the list as over. */
  remove(id: string): Promise<void>;
  /** What runs and is to be removed is over from now on. @throws UnityError `too_many` */
  prepare(changes: Changes<Silence>): Prepared;
  /** What has been over since before an instant. */
  prune(before: number): Promise<void>;
  /** Reads what other processes changed. */
  reload(): Promise<void>;
}

/** Each is looked at for every alert that is told of. */
const MOST_SILENCES = 1_000;

export async function openSilenceBook(
  { db, schema }: Connection,
  { clock, log, changed }: { clock: Clock; log: Log; changed: (origin: "here" | "elsewhere") => void },
): Promise<SilenceBook> {
  const { silences } = schema;
  let known = new Map<string, Kept>();

  async function load(): Promise<void> {
    const rows = await db.select().from(silences).orderBy(asc(silences.id));
    known = new Map(
      rows.flatMap(({ id, silence, createdBy, createdAt }) => {
        const parsed = SilenceDraft.safeParse(silence);
        if (parsed.success) return [[id, keep({ ...parsed.data, id, createdBy, createdAt })] as const];
        // Of another version, or of a zone that this machine does not know: it stays in the database, and is not heeded.
        log.warn({ id, error: messageOf(parsed.error) }, "a silence was stored in a form that is not understood");
        return [];
      }),
    );
  }
  await load();

  function need(id: string): Kept {
    const found = known.get(id);
    if (!found) throw new UnityError("not_found", "This silence is not there any more.");
    return found;
  }

  async function replace(old: Kept, draft: SilenceDraft): Promise<Kept> {
    const { id, createdBy, createdAt } = old.silence;
    const made = keep({ ...draft, id, createdBy, createdAt });
    await db
      .update(silences)
      .set({ silence: draft, updatedAt: clock.now(), endsAt: made.window.endsAt })
      .where(eq(silences.id, id));
    known.set(id, made);
    changed("here");
    return made;
  }

  return {
    all: () => [...known.values()],
    require: need,
    async create(given, by) {
      if (known.size >= MOST_SILENCES)
        throw new UnityError("too_many", `There are ${MOST_SILENCES} silences already. Remove some that are over.`);
      const draft = check(given);
      const [id, now] = [createId(), clock.now()];
      const made = keep({ ...draft, id, createdBy: by, createdAt: now });
      const { endsAt } = made.window;
      await db.insert(silences).values({ id, silence: draft, createdBy: by, createdAt: now, updatedAt: now, endsAt });
      known.set(id, made);
      changed("here");
      return made;
    },
    update: async (id, given) => replace(need(id), check(given)),
    async end(id) {
      const kept = need(id);
      const now = clock.now();
      const opening = kept.window.openingAt(now);
      if (!opening) throw new UnityError("conflict", "It is not open now, so there is nothing to end.");
      return replace(kept, endedAt(draftOf(kept.silence), now, opening.to));
    },
    async remove(id) {
      const kept = need(id);
      const now = clock.now();
      const { when } = kept.silence;
      if (when.kind === "once" && kept.window.openingAt(now)) {
        await replace(kept, endedAt(draftOf(kept.silence), now, when.to));
        return;
      }
      await db.delete(silences).where(eq(silences.id, id));
      known.delete(id);
      changed("here");
    },
    prepare(changes) {
      if (sizeAfter(known.size, changes) > MOST_SILENCES)
        throw new UnityError("too_many", `More than ${MOST_SILENCES} silences. Remove some that are over.`);
      const now = clock.now();
      const removed = changes.remove.map(need);
      const running = removed.filter(({ silence: { when }, window }) => when.kind === "once" && window.openingAt(now));
      const ended = running.map(({ silence }) => ({
        ...silence,
        ...endedAt(draftOf(silence), now, silence.when.to ?? null),
      }));
      return {
        async write(tx) {
          for (const { silence } of removed.filter((one) => !running.includes(one)))
            await tx.delete(silences).where(eq(silences.id, silence.id));
          for (const silence of [...changes.change, ...ended])
            await tx.update(silences).set(rowOf(silence, now)).where(eq(silences.id, silence.id));
          for (const silence of changes.add) {
            const { id, createdBy, createdAt } = silence;
            await tx.insert(silences).values({ id, createdBy, createdAt, ...rowOf(silence, now) });
          }
        },
        async done() {
          await load();
          changed("here");
        },
      };
    },
    async prune(before) {
      await db.delete(silences).where(and(isNotNull(silences.endsAt), lt(silences.endsAt, before)));
      const gone = [...known].filter(([, { window }]) => window.endsAt !== null && window.endsAt < before);
      for (const [id] of gone) known.delete(id);
      // Other processes have them in memory, too.
      if (gone.length > 0) changed("here");
    },
    async reload() {
      await load();
      changed("elsewhere");
    },
  };
}

const keep = (silence: Silence): Kept => ({ silence, window: makeWindow(silence.when) });

const rowOf = (silence: Silence, now: number) => ({
  silence: draftOf(silence),
  updatedAt: now,
  endsAt: makeWindow(silence.when).endsAt,
});

const draftOf = ({ id: _, createdBy: __, createdAt: ___, ...draft }: Silence): SilenceDraft => draft;

/** What comes again goes on after the opening that it is in; where that has no end, it is over. */
function endedAt(draft: SilenceDraft, now: number, to: number | null): SilenceDraft {
  const { when } = draft;
  // It was there for a moment at least, also when it is ended as soon as it begins.
  const end = Math.max(now, (when.from ?? 0) + 1);
  if (when.kind === "once" || to === null || to === when.to) return { ...draft, when: { ...when, to: end } };
  return { ...draft, when: { ...when, from: to } };
}

function check(given: unknown): SilenceDraft {
  const parsed = SilenceDraft.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UnityError("invalid", issue?.message ?? "This is not valid.", { field: issue?.path.join(".") ?? "" });
}
