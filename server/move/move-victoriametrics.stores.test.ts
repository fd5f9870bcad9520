import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { placeOfFile } from "../db/database-place";
import { parseMetricsUrl } from "../metrics/victoriametrics/metrics-url";
import { openStores, type Stores } from "../open-stores";
import { runMoving } from "./command";
import { closeEnd } from "./open-ends";
import { addConfiguration, addHistory } from "./test-installation";

/** Every sample, by instance and labels: each database has its own numbers. */
async function samplesOf({ connection: { db, schema }, store }: Stores) {
  const samples: Record<string, [number, number][]> = {};
  for (const { id, instanceId, hash } of await db.select().from(schema.metricSeries)) {
    const mine: [number, number][] = [];
    for await (const { at, value } of store.export({ series: [id], from: 0, to: Number.MAX_SAFE_INTEGER }))
      for (const [index, instant] of at.entries()) mine.push([instant, value[index] ?? 0]);
    samples[`${instanceId} ${hash}`] = mine;
  }
  return samples;
}

describeWith("victoriametrics", (url) => {
  test("samples go into the server, out of it, and beside those that are there; METRICS_URL says where", async () => {
    const folder = await mkdtemp(join(tmpdir(), "unity-move-"));
    const fileOf = (name: string) => join(folder, `${name}.db`);
    const METRICS_URL = `victoriametrics:${url}`;
    const unity = async (env: Record<string, string>, ...args: string[]) => {
      const said: string[] = [];
      const screen = { isTTY: false, columns: 80, write: (text: string) => said.push(text) };
      await runMoving(args, { env, signal: new AbortController().signal, screen });
      return said.join("");
    };
    const read = async (name: string, metrics: boolean) => {
      const elsewhere = metrics ? { place: parseMetricsUrl(METRICS_URL) } : undefined;
      const stores = await openStores(placeOfFile(fileOf(name)), { metrics: elsewhere });
      try {
        return await samplesOf(stores);
      } finally {
        await closeEnd(stores);
      }
    };
    try {
      const source = await openStores(placeOfFile(fileOf("a")));
      await addHistory(source, await addConfiguration(source));
      const expected = await samplesOf(source);
      await closeEnd(source);
      const archive = join(folder, "a.unity");
      await unity({ DATABASE_URL: `sqlite:${fileOf("a")}` }, "export", archive);

      // Of the same database, whose samples go elsewhere from now on.
      const there = { DATABASE_URL: `sqlite:${fileOf("a")}`, METRICS_URL };
      expect(await unity(there, "import", archive, "--merge")).toMatch(
        /has every sample: .+ hours and days stay behind/s,
      );
      expect(await read("a", true)).toEqual(expected);
      // A second time nothing is there twice.
      await unity(there, "import", archive, "--merge");
      expect(await read("a", true)).toEqual(expected);

      const back = join(folder, "back.unity");
      await unity(there, "export", back);
      await unity({ DATABASE_URL: `sqlite:${fileOf("b")}` }, "import", back);
      expect(await read("b", false)).toEqual(expected);

      const [from, to] = [`sqlite:${fileOf("a")}`, `sqlite:${fileOf("c")}`];
      await unity({}, "move", "--from", from, "--from-metrics", METRICS_URL, "--to", to, "--to-metrics", METRICS_URL);
      expect(await read("c", true)).toEqual(expected);
      expect(await read("c", false)).toEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, []])));
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
