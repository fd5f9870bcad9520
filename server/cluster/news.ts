import { z } from "zod";
import type { Status } from "../collect/status";
import type { Published } from "../metrics/bus";

/** What processes tell each other. Whoever missed some reads everything anew from the database. */
export type News =
  | ({ readonly kind: "published" } & Published<Status>)
  /** Instances were added, changed or removed. */
  | { readonly kind: "instances" }
  /** Something that is set was set anew. */
  | { readonly kind: "settings" }
  /** People, their rights, sessions or tokens changed. */
  | { readonly kind: "accounts" }
  /** Rules, overrides or channels were added, changed or removed; alerts changed; silences, or what hangs on what; a deed is asked for. */
  | { readonly kind: "rules" | "alerts" | "silences" | "deeds" }
  /** To be collected now, by whoever has it. */
  | { readonly kind: "run"; readonly instanceId: string }
  /** A process came or went, or gave instances away. */
  | { readonly kind: "processes" };

/** PostgreSQL carries 7,999 bytes. */
const MOST_BYTES = 7_900;
/** With a status beside them: numbers have up to 24 characters. */
const SERIES_PER_TEXT = 120;
const MOST_SERIES = 10_000;

const time = z.number();
const StatusText = z.object({
  instanceId: z.string(),
  health: z.enum(["unknown", "healthy", "degraded", "failing"]),
  since: time,
  lastRunAt: time.nullable(),
  lastSuccessAt: time.nullable(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  hint: z.string().nullable(),
  consecutiveErrors: z.number(),
});
const NewsText = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("published"),
    instanceId: z.string(),
    at: time,
    series: z.array(z.number()).max(MOST_SERIES),
    values: z.array(z.number()).max(MOST_SERIES),
    status: StatusText,
    outcome: z.enum(["ok", "partial", "failed"]),
  }),
  z.object({ kind: z.literal("instances") }),
  z.object({ kind: z.enum(["settings", "accounts"]) }),
  z.object({ kind: z.enum(["rules", "alerts", "silences", "deeds"]) }),
  z.object({ kind: z.literal("run"), instanceId: z.string() }),
  z.object({ kind: z.literal("processes") }),
]);
const Message = z.object({ from: z.string(), news: NewsText });

/** As texts that fit one message each. @param from the process that tells it */
export function writeNews(news: News, from: string): string[] {
  if (news.kind !== "published") return [JSON.stringify({ from, news })];
  const texts: string[] = [];
  for (let start = 0; start === 0 || start < news.series.length; start += SERIES_PER_TEXT) {
    const series = news.series.slice(start, start + SERIES_PER_TEXT);
    const values = news.values.slice(start, start + SERIES_PER_TEXT);
    texts.push(textOf(from, { ...news, series, values }));
  }
  return texts;
}

/** Long words are told shorter: they are in the database as a whole. */
function textOf(from: string, news: News & { kind: "published" }): string {
  const text = JSON.stringify({ from, news });
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  const shorter = (words: string | null) => (words === null ? null : words.slice(0, 200));
  const { status } = news;
  return JSON.stringify({
    from,
    news: { ...news, status: { ...status, message: shorter(status.message), hint: shorter(status.hint) } },
  });
}

/** undefined for what is none of ours: another version may say more. */
export function readNews(text: string): { from: string; news: News } | undefined {
  const read = Message.safeParse(parse(text));
  // Reasons are strings of the sender's; nothing but words depends on them.
  return read.success ? (read.data as { from: string; news: News }) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
