import { z } from "zod";
import { type CollectContext, CollectError, type HttpApi, openApi, parseAnswer, type Report } from "../sdk";
import type { Access } from "./access";
import type { Config } from "./config";
import type { metrics } from "./metrics";

/** A page of pods with all their fields has some MiB. */
const MAX_BYTES = 32 * 1_048_576;
const PAGE = 500;
/** 100,000 of a kind: whoever has more needs another tool. */
const MAX_PAGES = 200;
/** A list that goes on too long is started anew by the server's wish. */
const MAX_RESTARTS = 2;
const GONE = 410;

/** What every part of a run works with. */
export interface Cluster {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly api: HttpApi;
  /** Kinds of which there were more than are shown. */
  readonly truncated: Set<string>;
}

const List = z.object({
  metadata: z.object({ continue: z.string().nullish() }).nullish(),
  items: z.array(z.unknown()).nullish(),
});

export function openCluster(context: CollectContext<Config>, report: Cluster["report"], access: Access): Cluster {
  const api = openApi(context, {
    url: access.server,
    headers: { ...context.config.headers, ...access.headers },
    tls: access.tls,
    maxBytes: MAX_BYTES,
    refusals: {
      401: { reason: "auth", hint: "The token or certificate is not valid any more: make a new one." },
      403: { reason: "permission", hint: "Apply the ClusterRole of the README, and bind it to this account." },
    },
  });
  return { context, report, api, truncated: new Set() };
}

/** Everything of one kind, in the namespaces of the settings. Objects that make no sense are left out, and told. */
export async function listAll<T>(
  cluster: Cluster,
  schema: z.ZodType<T>,
  { group, kind, query = "" }: { group: string; kind: string; query?: string },
): Promise<T[]> {
  const { namespaces } = cluster.context.config;
  const paths =
    namespaces.length > 0 ? namespaces.map((name) => `${group}/namespaces/${name}/${kind}`) : [`${group}/${kind}`];
  const items: unknown[] = [];
  for (const path of paths) items.push(...(await listPath(cluster, path, query)));
  return parseItems(cluster, schema, items, kind);
}

/** The same for what belongs to no namespace. */
export async function listGlobal<T>(cluster: Cluster, schema: z.ZodType<T>, path: string): Promise<T[]> {
  return parseItems(cluster, schema, await listPath(cluster, path, ""), path.split("/").at(-1) ?? path);
}

async function listPath({ api }: Cluster, path: string, query: string): Promise<unknown[]> {
  for (let restarts = 0; ; restarts += 1) {
    const items = await listPages(api, path, query);
    if (items) return items;
    if (restarts >= MAX_RESTARTS) throw new CollectError("protocol", `${path} changes faster than it can be listed.`);
  }
}

/** Undefined when the list expired on the way. */
async function listPages(api: HttpApi, path: string, query: string): Promise<unknown[] | undefined> {
  const items: unknown[] = [];
  let next = "";
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const more = next === "" ? "" : `&continue=${encodeURIComponent(next)}`;
    const answer = await api.ask(`${path}?limit=${PAGE}${query}${more}`, { accept: [GONE] });
    if (answer.status === GONE) return undefined;
    const list = parseAnswer(List, answer);
    if (!list.items && !list.metadata)
      throw new CollectError("parse", `${path} did not answer with a list.`, {
        hint: "Check the address: something else than Kubernetes may stand there.",
      });
    items.push(...(list.items ?? []));
    next = list.metadata?.continue ?? "";
    if (next === "") return items;
  }
  return items;
}

function parseItems<T>({ report }: Cluster, schema: z.ZodType<T>, items: readonly unknown[], kind: string): T[] {
  const parsed = items.map((item) => schema.safeParse(item));
  const malformed = parsed.filter(({ success }) => !success).length;
  if (malformed > 0) report.partial("parse", `${malformed} ${kind} make no sense.`);
  return parsed.flatMap(({ data }) => data ?? []);
}

/** The first so many, in the order of their names; more are noted. */
export function cap<T>(
  { context, truncated }: Cluster,
  kind: string,
  items: readonly T[],
  limit?: number,
): readonly T[] {
  const most = limit ?? context.config.maxItems;
  if (items.length > most) truncated.add(kind);
  return items.slice(0, most);
}
