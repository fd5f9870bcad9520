import { asc, eq } from "drizzle-orm";
import { v7 as createId } from "uuid";
import type { z } from "zod";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { UnityError } from "../errors";
import { refuseMovedSecrets } from "../moved-secrets";
import { keepSecrets, maskSecrets } from "../secret-fields";
import { type SettledConfig, settleConfig } from "../settle-config";
import { checkConfig } from "../vault/check-config";
import type { Secrets } from "../vault/secret-reader";
import { type Changes, type Prepared, sizeAfter } from "./changes";
import { findChannelKind } from "./channel-kinds";
import type { ChannelContent } from "./exchange";
import type { ChannelDraft } from "./shapes/channel";

/** Where people are told, as it is stored. Its configuration has secrets: `maskChannel` is what others may see. */
export interface StoredChannel {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly config: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Channels in memory, the database behind them. `changed` hears of every change after it is stored. */
export interface ChannelBook {
  /** In the order they were made. */
  list(): readonly StoredChannel[];
  get(id: string): StoredChannel | undefined;
  /** @throws UnityError `not_found` */
  require(id: string): StoredChannel;
  /** A draft as saving would keep it, secrets that came back as `***` filled in. @throws UnityError `invalid`, `conflict` naming the field */
  check(draft: ChannelDraft, stored?: StoredChannel): StoredChannel;
  create(draft: ChannelDraft): Promise<StoredChannel>;
  update(id: string, draft: ChannelDraft): Promise<StoredChannel>;
  remove(id: string): Promise<StoredChannel>;
  /**
   * What a file says of a channel's settings, with the stored secrets that it keeps. `lacking` are those that are `***` in it and that
   * nobody knows, by what forms call them. @throws UnityError `invalid` naming the field of anything else that is wrong
   */
  settle(
    draft: Pick<ChannelDraft, "kind" | "config">,
    stored: Pick<StoredChannel, "kind" | "config"> | undefined,
  ): SettledConfig;
  /** Of channels whose settings are settled. @throws UnityError `too_many` */
  prepare(changes: Changes<ChannelContent>): Prepared;
  /** Reads what other processes changed. */
  reload(): Promise<void>;
}

export type ChannelSecrets = Pick<Secrets, "seal" | "open" | "refuse">;
const placeOfRow = (row: string) => ({ table: "channels", row });

/** Each alert may go to every one of them. */
const MOST_CHANNELS = 100;

export async function openChannelBook(
  { db, schema }: Connection,
  {
    clock,
    secrets,
    changed,
  }: { clock: Clock; secrets: ChannelSecrets; changed: (origin: "here" | "elsewhere") => void },
): Promise<ChannelBook> {
  const { channels } = schema;
  let known = new Map<string, StoredChannel>();

  async function load(): Promise<void> {
    const rows = await db.select().from(channels).orderBy(asc(channels.id));
    known = new Map(rows.map((row) => [row.id, { ...row, config: secrets.open(placeOfRow(row.id), row.config) }]));
  }
  await load();

  const seal = ({ id, kind, config }: Pick<StoredChannel, "id" | "kind" | "config">) => ({
    ...secrets.seal(placeOfRow(id), findChannelKind(kind)?.config, config),
  });

  function require(id: string): StoredChannel {
    const channel = known.get(id);
    if (!channel) throw new UnityError("not_found", "This channel is not there any more.");
    return channel;
  }

  function check(draft: ChannelDraft, stored?: StoredChannel): StoredChannel {
    const { kind, name, enabled } = draft;
    const channel = findChannelKind(kind);
    if (!channel) throw new UnityError("not_found", `There is no channel of the kind "${kind}".`, { field: "kind" });
    const taken = [...known.values()].some((other) => other.id !== stored?.id && nameKey(other.name) === nameKey(name));
    if (taken) throw new UnityError("conflict", `There is a channel named "${name}" already.`, { field: "name" });
    const before = stored?.kind === kind ? stored.config : {};
    const config = keepSecrets(channel.config, draft.config, before);
    refuseMovedSecrets(channel.config, { entered: draft.config, config, before });
    const [issue] = checkConfig(channel.config, { config, entered: draft.config, stored: before }, secrets);
    if (issue) throw invalidConfig(issue);
    const now = clock.now();
    const id = stored?.id ?? createId();
    return { id, kind, name, enabled, config, createdAt: stored?.createdAt ?? now, updatedAt: now };
  }

  return {
    list: () => [...known.values()],
    get: (id) => known.get(id),
    require,
    check,
    async create(draft) {
      if (known.size >= MOST_CHANNELS) throw new UnityError("too_many", `There are ${MOST_CHANNELS} channels already.`);
      const made = check(draft);
      await db.insert(channels).values({ ...made, config: seal(made) });
      known.set(made.id, made);
      changed("here");
      return made;
    },
    async update(id, draft) {
      const made = check(draft, require(id));
      await db
        .update(channels)
        .set({ ...made, config: seal(made) })
        .where(eq(channels.id, id));
      known.set(id, made);
      changed("here");
      return made;
    },
    async remove(id) {
      const channel = require(id);
      await db.delete(channels).where(eq(channels.id, id));
      known.delete(id);
      changed("here");
      return channel;
    },
    settle({ kind, config }, stored) {
      const schema = findChannelKind(kind)?.config;
      if (!schema) throw new UnityError("invalid", `There is no channel of the kind "${kind}".`, { field: "kind" });
      const before = stored?.kind === kind ? stored.config : {};
      return settleConfig(schema, { entered: config, stored: before, of: "such a channel" }, secrets);
    },
    prepare(changes) {
      if (sizeAfter(known.size, changes) > MOST_CHANNELS)
        throw new UnityError("too_many", `More than ${MOST_CHANNELS} channels.`);
      const now = clock.now();
      return {
        async write(tx) {
          // Names become free before they are taken.
          for (const id of changes.remove) await tx.delete(channels).where(eq(channels.id, id));
          for (const channel of changes.change)
            await tx
              .update(channels)
              .set({ ...channel, config: seal(channel), updatedAt: now })
              .where(eq(channels.id, channel.id));
          for (const channel of changes.add)
            await tx.insert(channels).values({ ...channel, config: seal(channel), createdAt: now, updatedAt: now });
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

/** What people and programs see of a channel. Of a kind that this version does not know, no setting is known not to be secret. */
export function maskChannel(channel: StoredChannel): StoredChannel {
  const kind = findChannelKind(channel.kind);
  return { ...channel, config: kind ? maskSecrets(kind.config, channel.config) : {} };
}

/** Some databases hold names for the same that differ in their case. */
export const nameKey = (name: string) => name.toLowerCase();

const invalidConfig = ({ path, message }: z.core.$ZodIssue) =>
  new UnityError("invalid", message, { field: ["config", ...path].join(".") });
