import { z } from "zod";
import type { ForeignRow as Row } from "../db/read-foreign-sqlite";

/** What Uptime Kuma 1.x and 2.x keep of a monitor, by the names of its database; its backup has the same under others. */

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : String(value).slice(0, 100_000)));
const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 1 || value === "1" || value === "true");
const number = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === "" ? null : Number(value)))
  .transform((value) => (value !== null && Number.isFinite(value) ? value : null));

/** Lists are JSON in the database, and lists in the backup. */
const list = z.preprocess(
  (value) => {
    if (typeof value !== "string") return value ?? [];
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return [];
    }
  },
  z.array(z.union([z.string(), z.number()]).transform(String)).max(100),
);

export const KumaMonitor = z.object({
  id: z.number(),
  name: text,
  type: text,
  active: flag,
  interval: number,
  url: text,
  hostname: text,
  port: number,
  keyword: text,
  invert_keyword: flag,
  json_path: text,
  json_path_operator: text,
  expected_value: text,
  maxretries: number,
  timeout: number,
  ignore_tls: flag,
  upside_down: flag,
  maxredirects: number,
  accepted_statuscodes: list,
  dns_resolve_type: text,
  dns_resolve_server: text,
  method: text,
  body: text,
  headers: text,
  http_body_encoding: text,
  auth_method: text,
  basic_auth_user: text,
  basic_auth_pass: text,
  docker_container: text,
  docker_host: number,
  proxy_id: number,
  parent: number,
  tags: z
    .array(z.object({ name: text, value: text }))
    .max(200)
    .default([]),
});
export type KumaMonitor = z.output<typeof KumaMonitor>;

const Config = z.preprocess(
  (value) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return {};
    }
  },
  z.record(z.string(), z.unknown()),
);
export const KumaNotification = z.object({ id: z.number(), name: text, active: flag, config: Config });
export type KumaNotification = z.output<typeof KumaNotification>;

export interface Kuma {
  readonly monitors: readonly KumaMonitor[];
  readonly notifications: readonly KumaNotification[];
  /** Where Docker listens, by its id. A backup does not have it. */
  readonly dockerHosts: ReadonlyMap<number, string>;
  /** Which there are besides, that nothing here is like. */
  readonly others: readonly { readonly what: string; readonly name: string }[];
}

/** The backup of 1.x writes names in its own way. */
const BACKUP_NAMES: Readonly<Record<string, string>> = {
  ignoreTls: "ignore_tls",
  upsideDown: "upside_down",
  authMethod: "auth_method",
  invertKeyword: "invert_keyword",
  jsonPath: "json_path",
  expectedValue: "expected_value",
  proxyId: "proxy_id",
  httpBodyEncoding: "http_body_encoding",
};

const Backup = z.object({
  version: z.string(),
  monitorList: z.array(z.record(z.string(), z.unknown())).max(2_000),
  notificationList: z.array(KumaNotification).max(500).default([]),
  proxyList: z.array(z.unknown()).default([]),
});

/** @throws ZodError for what is no backup of Uptime Kuma 1.x */
export function readKumaBackup(given: unknown): Kuma {
  const { monitorList, notificationList } = Backup.parse(given);
  const rename = (monitor: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(monitor).map(([name, value]) => [BACKUP_NAMES[name] ?? name, value]));
  return {
    monitors: monitorList.map((monitor) => KumaMonitor.parse(rename(monitor))),
    notifications: notificationList,
    dockerHosts: new Map(),
    others: [],
  };
}

/** Rows of `kuma.db`, by their tables. */
export function readKumaRows(rows: (table: string) => readonly Row[]): Kuma {
  const tags = new Map(rows("tag").map(({ id, name }) => [id, name]));
  const tagsOf = (monitor: unknown) =>
    rows("monitor_tag").flatMap(({ monitor_id, tag_id, value }) =>
      monitor_id === monitor ? [{ name: tags.get(tag_id), value }] : [],
    );
  return {
    monitors: rows("monitor").map(({ accepted_statuscodes_json: codes, ...row }) =>
      KumaMonitor.parse({ ...row, accepted_statuscodes: codes, tags: tagsOf(row.id) }),
    ),
    notifications: rows("notification").map((row) => KumaNotification.parse(row)),
    dockerHosts: new Map(rows("docker_host").map(({ id, docker_daemon: at }) => [Number(id), String(at ?? "")])),
    others: [
      ...rows("maintenance").map(({ title }) => ({ what: "maintenance", name: String(title ?? "") })),
      ...rows("status_page").map(({ title }) => ({ what: "status page", name: String(title ?? "") })),
    ],
  };
}
export const KUMA_TABLES = [
  "monitor",
  "notification",
  "tag",
  "monitor_tag",
  "docker_host",
  "maintenance",
  "status_page",
];
