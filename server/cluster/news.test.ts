import { expect, test } from "vitest";
import { type News, readNews, writeNews } from "./news";

const status = {
  instanceId: "i",
  health: "healthy" as const,
  since: 1,
  lastRunAt: 2,
  lastSuccessAt: 2,
  reason: null,
  message: null,
  hint: null,
  consecutiveErrors: 0,
};
const published = (count: number, message: string | null = null): News => ({
  kind: "published",
  instanceId: "i",
  at: 1_795_478_400_000,
  series: Array.from({ length: count }, (_, index) => 2_000_000_000 + index),
  values: Array.from({ length: count }, (_, index) => -1.2345678901234567e-100 * (index + 1)),
  status: { ...status, message, hint: message },
  outcome: "ok",
});

test("news arrive as they were told, and many series in several messages", () => {
  for (const news of [{ kind: "instances" }, { kind: "deeds" }, { kind: "run", instanceId: "x" }] as const)
    expect(writeNews(news, "me").map(readNews)).toEqual([{ from: "me", news }]);
  const texts = writeNews(published(1_000), "me");
  expect(texts.length).toBeGreaterThan(1);
  const told = texts.flatMap((text) => {
    const news = readNews(text)?.news;
    return news?.kind === "published" ? news.values : [];
  });
  expect(told).toEqual(Array.from({ length: 1_000 }, (_, index) => -1.2345678901234567e-100 * (index + 1)));
  expect(writeNews(published(0), "me").map(readNews)).toEqual([{ from: "me", news: published(0) }]);
});

test("every message fits what PostgreSQL carries", () => {
  for (const text of writeNews(published(500, "🧨".repeat(5_000)), "me"))
    expect(Buffer.byteLength(text)).toBeLessThan(8_000);
});

test("what is none of ours is left alone", () => {
  for (const text of ["", "{", "null", '{"from":"x"}', '{"from":"x","news":{"kind":"later"}}'])
    expect(readNews(text)).toBeUndefined();
});
