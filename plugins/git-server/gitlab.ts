import { z } from "zod";
import { CollectError, type HttpApi, openApi, parseAnswer, readPart, readPartEvery, toLabel } from "../sdk";
import { readGitlabProjects } from "./gitlab-projects";
import { SCAN_SECONDS } from "./metrics";
import { amount, flag, text } from "./parse";
import { type Context, MAX_PAGES, type Reported, secondsOf } from "./server";

const UNAVAILABLE = 503;
const PAGE = 100;

const Readiness = z.record(z.string(), z.unknown());
const Checks = z.array(z.object({ status: text }));
const Version = z.object({ version: z.string(), revision: text, enterprise: flag });
const Statistics = z.object({ users: amount, groups: amount });
const Runners = z.array(z.object({ status: text, paused: flag }));

/** GitLab from 14 on. */
export async function readGitlab(context: Context, report: Reported) {
  const { type, url, token, tls, headers, collectRepositories } = context.config;
  const api = openApi(context, {
    url,
    tls,
    headers: { ...headers, ...(token === undefined ? {} : { "private-token": token }) },
    refusals: { 403: { reason: "permission", hint: "Use a token of an administrator with the scope read_api." } },
  });
  if (token === undefined) {
    await readHealth(api, report);
    report("git_info", 1, { type, version: "" });
    return undefined;
  }
  await readPart(context, report, () => readHealth(api, report));
  report("git_info", 1, { type, version: toLabel(await readVersion(api)) });
  await readPart(context, report, async () => {
    const { users, groups } = await api.read(Statistics, "/api/v4/application/statistics");
    if (users !== undefined) report("git_users", users);
    if (groups !== undefined) report("git_organizations", groups);
  });
  await readPart(context, report, () => readRunners(api, report));
  if (!collectRepositories) return undefined;
  const part = { key: "repositories", seconds: SCAN_SECONDS };
  await readPartEvery(context, report, part, () => readGitlabProjects(context, api, report));
  return undefined;
}

/** Only addresses on a list are answered; to all others the page is not there. */
async function readHealth(api: HttpApi, report: Reported): Promise<void> {
  const answer = await api.ask("/-/readiness?all=1", { accept: [404, UNAVAILABLE] });
  if (answer.status === 404)
    throw new CollectError("permission", "GitLab does not tell this address how it is.", {
      hint: "Add this machine to gitlab_rails['monitoring_whitelist'] in gitlab.rb, and run gitlab-ctl reconfigure.",
    });
  const said = parseAnswer(Readiness, answer);
  const checks = Object.entries(said).flatMap(([name, value]): [string, boolean][] => {
    const results = Checks.safeParse(value);
    if (!name.endsWith("_check") || !results.success) return [];
    return [[toLabel(name.replace(/_check$/, "")), results.data.every(({ status }) => status === "ok")]];
  });
  if (checks.length === 0) throw new CollectError("parse", `${api.base}/-/readiness does not answer as GitLab does.`);
  report("git_response_duration_seconds", secondsOf(answer));
  for (const [check, passes] of new Map(checks.slice(0, 50))) report("git_healthy", passes ? 1 : 0, { check });
}

/** Before 15.2 there were no metadata. */
async function readVersion(api: HttpApi): Promise<string> {
  const answer = await api.ask("/api/v4/metadata", { accept: [404] });
  if (answer.status !== 404) return parseAnswer(Version, answer).version;
  return (await api.read(Version, "/api/v4/version")).version;
}

async function readRunners(api: HttpApi, report: Reported): Promise<void> {
  const counts = new Map<string, number>(
    ["online", "offline", "stale", "never_contacted"].map((status) => [status, 0]),
  );
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const runners = await api.read(Runners, `/api/v4/runners/all?per_page=${PAGE}&page=${page}`);
    for (const { status, paused } of runners) {
      const name = paused ? "paused" : toLabel(status) || "unknown";
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (runners.length < PAGE) break;
  }
  for (const [status, count] of [...counts].slice(0, 20)) report("git_runners", count, { status });
}
