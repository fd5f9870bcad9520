import { z } from "zod";
import { CollectError, type HttpApi, openApi, readPartEvery, toLabel } from "../sdk";
import { describeRepository, Repo } from "./gitea";
import { SCAN_SECONDS } from "./metrics";
import { reportRepositories } from "./report-repositories";
import { type Context, type Reported, secondsOf } from "./server";

/** Gogs answers all repositories of a user at once. */
const MAX_BYTES = 16 * 1_024 * 1_024;
/** "* Database connection: OK" */
const CHECK = /^\*?\s*([^:]{1,100}):\s*(.*)$/;

/**
 * Gogs from 0.11 on. It has no version in its API, no count of users, and its page of metrics tells of its process only, so these are
 * not asked for.
 */
export async function readGogs(context: Context, report: Reported) {
  const { config, now } = context;
  const { type, url, token, tls, headers, collectRepositories } = config;
  const api = openApi(context, {
    url,
    tls,
    maxBytes: MAX_BYTES,
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `token ${token}` }) },
  });
  await readHealth(api, report);
  report("git_info", 1, { type, version: "" });
  let stale: readonly string[] | undefined;
  if (collectRepositories && token !== undefined)
    await readPartEvery(context, report, { key: "repositories", seconds: SCAN_SECONDS, fatal: ["auth"] }, async () => {
      const repositories = await api.read(z.array(Repo), "/api/v1/user/repos");
      const described = repositories.map((repo) => describeRepository(repo, now));
      stale = reportRepositories(report, described, { isCut: false, config });
    });
  return stale;
}

async function readHealth(api: HttpApi, report: Reported): Promise<void> {
  const answer = await api.ask("/healthcheck", { accept: [500] });
  const checks = answer.body.split("\n").flatMap((line): [string, boolean][] => {
    const [, name, said] = CHECK.exec(line.trim()) ?? [];
    return name === undefined ? [] : [[toLabel(name.trim()), said === "OK"]];
  });
  if (checks.length === 0 || /^\s*</.test(answer.body))
    throw new CollectError("parse", `${api.base}/healthcheck does not answer as Gogs does.`);
  report("git_response_duration_seconds", secondsOf(answer));
  for (const [check, passes] of new Map(checks.slice(0, 20))) report("git_healthy", passes ? 1 : 0, { check });
}
