import { z } from "zod";

/**
 * A number, or one as text, which it often is. "N/A", false and null stand for "not known here" (restricted mode, Windows, no
 * access to /proc); so does whatever makes no sense.
 */
const amount = z.union([z.number(), z.string()]).nullish().catch(undefined).transform(toNumber);
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(undefined)
  .transform((value) => String(value ?? ""));

function toNumber(value: number | string | null | undefined): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return value?.trim() && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

/** PHP writes an empty table as an empty list. */
const table = <T extends z.ZodRawShape>(shape: T) => z.object(shape).nullish().catch(undefined);

/** /status.php, which everybody may ask. */
export const Status = z.object({
  installed: z.boolean(),
  maintenance: z.boolean(),
  needsDbUpgrade: z.boolean().nullish(),
  version: z.string().nullish(),
  versionstring: z.string().nullish(),
  edition: z.string().nullish(),
  productname: z.string().nullish(),
});
export type Status = z.output<typeof Status>;

const WINDOWS = {
  last5minutes: amount,
  last1hour: amount,
  last24hours: amount,
  last7days: amount,
  last1month: amount,
  last3months: amount,
  last6months: amount,
  lastyear: amount,
};

/** OCS answers stand in an envelope with a status of their own (Open Collaboration Services 1.7). */
export const Envelope = z.object({
  ocs: z.object({
    meta: z.object({ statuscode: z.number(), message: z.string().nullish() }),
    data: z.unknown().optional(),
  }),
});

/** /ocs/v2.php/apps/serverinfo/api/v1/info. */
export const Info = z.object({
  nextcloud: z.object({
    system: z.object({
      version: text,
      freespace: amount,
      cpuload: z.array(amount).nullish().catch(undefined),
      mem_total: amount,
      mem_free: amount,
      "memcache.local": text,
      "memcache.distributed": text,
      "memcache.locking": text,
      debug: text,
      apps: table({ num_installed: amount, num_updates_available: amount, app_updates: z.unknown().optional() }),
      update: table({ available: z.boolean().nullish(), available_version: text }),
    }),
    storage: table({
      num_users: amount,
      num_disabled_users: amount,
      num_files: amount,
      num_storages: amount,
      num_storages_local: amount,
      num_storages_home: amount,
      num_storages_other: amount,
    }),
    shares: table({
      num_shares: amount,
      num_shares_user: amount,
      num_shares_groups: amount,
      num_shares_link: amount,
      num_shares_link_no_password: amount,
      num_shares_mail: amount,
      num_shares_room: amount,
      num_fed_shares_sent: amount,
      num_fed_shares_received: amount,
    }),
  }),
  server: table({
    webserver: text,
    php: table({
      version: text,
      memory_limit: amount,
      upload_max_filesize: amount,
      opcache: table({ opcache_statistics: table({ opcache_hit_rate: amount }) }),
    }),
    database: table({ type: text, version: text, size: amount }),
  }),
  activeUsers: table(WINDOWS),
});
export type Info = z.output<typeof Info>;
