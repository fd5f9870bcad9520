import { z } from "zod";
import { CollectError, type HttpApi, openApi, parseAnswer, readPartEvery, toLabel } from "../sdk";
import { readGiteaAdmin } from "./gitea-admin";
import { SCAN_SECONDS } from "./metrics";
import { amount, flag, parseGoDuration, parseInstant, text } from "./parse";
import { reportRepositories } from "./report-repositories";
import { type Context, MAX_PAGES, type Reported, type Repository, secondsOf } from "./server";

/** The most Gitea hands out at once. */
const PAGE = 50;
const FAILED = 424;

const Health = z.object({
  status: text,
  checks: z.record(z.string(), z.array(z.object({ status: text }))).nullish(),
});
const Version = z.object({ version: z.string() });
export const Repo = z.object({
  full_name: text,
  private: flag,
  internal: flag,
  archived: flag,
  mirror: flag,
  mirror_interval: text,
  mirror_updated: text,
  /** KiB. */
  size: amount,
  open_issues_count: amount,
  open_pr_counter: amount,
});
const Found = z.object({ data: z.array(Repo) });

/** Gitea from 1.17 and Forgejo, which is made from it. */
export async function readGitea(context: Context, report: Reported) {
  const { config, now } = context;
  const { type, url, token, tls, headers, collectRepositories } = config;
  const api = openApi(context, {
    url,
    tls,
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `token ${token}` }) },
    refusals: { 403: { reason: "permission", hint: "Give the token the scopes named in the README." } },
  });
  await readHealth(api, report);
  report("git_info", 1, { type, version: toLabel(await readVersion(api, type)) });
  if (token !== undefined || config.metricsToken !== undefined) await readGiteaAdmin(context, api, report);
  let stale: readonly string[] | undefined;
  if (collectRepositories)
    await readPartEvery(context, report, { key: "repositories", seconds: SCAN_SECONDS }, async () => {
      const { repositories, isCut } = await listRepositories(api, now);
      stale = reportRepositories(report, repositories, { isCut, config });
    });
  return stale;
}

async function readHealth(api: HttpApi, report: Reported): Promise<void> {
  const answer = await api.ask("/api/healthz", { accept: [FAILED] });
  const { status, checks } = parseAnswer(Health, answer);
  if (status === "") throw new CollectError("parse", `${api.base} does not answer as Gitea does.`);
  report("git_response_duration_seconds", secondsOf(answer));
  const named = new Map(
    Object.entries(checks ?? {})
      .slice(0, 20)
      .map(([check, results]) => [toLabel(check), results.every((one) => one.status === "pass")]),
  );
  if (named.size === 0) named.set("all", status === "pass");
  for (const [check, passes] of named) report("git_healthy", passes ? 1 : 0, { check });
}

/** Forgejo has a version of its own beside the one it is compatible with. */
async function readVersion(api: HttpApi, type: Context["config"]["type"]): Promise<string> {
  if (type === "forgejo") {
    const own = await api.ask("/api/forgejo/v1/version", { accept: [404] });
    if (own.status !== 404) return parseAnswer(Version, own).version;
  }
  return (await api.read(Version, "/api/v1/version")).version;
}

async function listRepositories(api: HttpApi, now: number) {
  const repositories: Repository[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data } = await api.read(Found, `/api/v1/repos/search?limit=${PAGE}&page=${page}`);
    repositories.push(...data.map((repo) => describeRepository(repo, now)));
    // Gitea may be set to hand out fewer than asked for: only an empty page is surely the end.
    if (data.length === 0) return { repositories, isCut: false };
  }
  return { repositories, isCut: true };
}

export function describeRepository(repo: z.output<typeof Repo>, now: number): Repository {
  return {
    name: repo.full_name,
    visibility: repo.private ? "private" : repo.internal ? "internal" : "public",
    isArchived: repo.archived,
    isMirror: repo.mirror,
    isStale: repo.mirror ? isStale(repo, now) : false,
    sizeBytes: repo.size === undefined ? undefined : repo.size * 1_024,
    openIssues: repo.open_issues_count,
    openPullRequests: repo.open_pr_counter,
  };
}

/** One that is not updated by itself cannot be late. */
function isStale({ mirror_interval, mirror_updated }: z.output<typeof Repo>, now: number): boolean | undefined {
  const updated = parseInstant(mirror_updated);
  if (updated === undefined) return undefined;
  const interval = parseGoDuration(mirror_interval);
  return interval !== undefined && now / 1_000 - updated > 2 * interval;
}
