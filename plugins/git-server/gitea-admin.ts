import { z } from "zod";
import { CollectError, type HttpApi, openApi, parseAnswer, parseSamples, placeOf, readPart, toLabel } from "../sdk";
import { amount, flag, parseInstant, text } from "./parse";
import { type Context, type Reported, totalOf } from "./server";

/** Tasks and runners beyond are not listed. */
const MAX_LISTED = 100;
const TOTAL = "x-total-count";

const Tasks = z.array(z.object({ name: text, prev: text }));
const Runners = z.object({
  runners: z.array(z.object({ status: text, busy: flag, disabled: flag })).nullish(),
  total_count: amount,
});

/** What only an administrator, or who has the metrics token, may know. */
export async function readGiteaAdmin(context: Context, api: HttpApi, report: Reported): Promise<void> {
  const { token, metricsToken } = context.config;
  const known = metricsToken === undefined ? undefined : await readPart(context, report, () => readMetrics(context));
  const hookTasks = known?.get("gitea_hooktasks");
  if (hookTasks !== undefined) report("git_hook_tasks", hookTasks);
  // Who is nobody to Gitea may still ask for its version and public repositories: here it shows.
  const fatal = ["auth"] as const;
  const counts = token === undefined ? undefined : await readPart(context, report, () => readCounts(api), { fatal });
  const users = counts?.users ?? known?.get("gitea_users");
  const organizations = counts?.organizations ?? known?.get("gitea_organizations");
  if (users !== undefined) report("git_users", users);
  if (organizations !== undefined) report("git_organizations", organizations);
  // Who may not know that may not know the rest either.
  if (!counts) return;
  await readPart(context, report, async () => {
    for (const [task, at] of await readTasks(api)) report("git_cron_last_run_timestamp_seconds", at, { task });
    await readRunners(api, report);
  });
}

/** @returns values by name of the page of metrics, which Forgejo gives under Gitea's names too */
async function readMetrics(context: Context): Promise<ReadonlyMap<string, number>> {
  const { url, tls, headers, metricsToken } = context.config;
  const api = openApi(context, {
    url,
    tls,
    headers: { ...headers, authorization: `Bearer ${metricsToken}` },
    refusals: {
      401: { reason: "auth", hint: "Copy TOKEN from the section [metrics] of app.ini." },
      404: { reason: "not_found", hint: "Set ENABLED = true in the section [metrics] of app.ini, and restart." },
    },
  });
  const { body, url: at } = await api.ask("/metrics", { headers: { accept: "text/plain" } });
  const samples = parseSamples(body, placeOf(at), (name) => name.startsWith("gitea_"));
  return new Map(
    samples.filter(({ labels }) => Object.keys(labels).length === 0).map(({ name, value }) => [name, value]),
  );
}

async function readCounts(api: HttpApi) {
  return {
    users: await countOf(api, "/api/v1/admin/users?limit=1"),
    organizations: await countOf(api, "/api/v1/admin/orgs?limit=1"),
  };
}

async function countOf(api: HttpApi, path: string): Promise<number | undefined> {
  const answer = await api.ask(path);
  parseAnswer(z.array(z.unknown()), answer);
  return totalOf(answer, TOTAL);
}

async function readTasks(api: HttpApi): Promise<ReadonlyMap<string, number>> {
  const tasks = await api.read(Tasks, `/api/v1/admin/cron?limit=50`);
  return new Map(
    tasks.slice(0, MAX_LISTED).flatMap(({ name, prev }): [string, number][] => {
      const at = parseInstant(prev);
      return at === undefined || name === "" ? [] : [[toLabel(name), at]];
    }),
  );
}

/** Older versions do not tell. */
async function readRunners(api: HttpApi, report: Reported): Promise<void> {
  const answer = await api.ask(`/api/v1/admin/actions/runners?limit=${MAX_LISTED}`, { accept: [404, 405] });
  if (answer.status >= 400) return;
  const { runners } = parseAnswer(Runners, answer);
  if (!runners) throw new CollectError("parse", `${api.base} lists its runners in an unknown shape.`);
  const counts = new Map<string, number>([
    ["online", 0],
    ["offline", 0],
  ]);
  for (const { status, disabled } of runners) {
    const name = disabled ? "paused" : status === "offline" ? "offline" : "online";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [status, count] of counts) report("git_runners", count, { status });
}
