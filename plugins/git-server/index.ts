import { chart, definePlugin, meter, placeOf, states, table, toLabel } from "../sdk";
import { alerts } from "./alerts";
import { config, type Type } from "./config";
import { discover } from "./discover";
import { readGitea } from "./gitea";
import { readGitlab } from "./gitlab";
import { readGogs } from "./gogs";
import { metrics } from "./metrics";
import type { Context, Reported } from "./server";

/** Each returns the stale mirrors when it looked for them in this run. */
const READERS: Readonly<Record<Type, (context: Context, report: Reported) => Promise<readonly string[] | undefined>>> =
  { gitea: readGitea, forgejo: readGitea, gogs: readGogs, gitlab: readGitlab };

export default definePlugin({
  id: "git-server",
  name: "Git server",
  summary: "Health, repositories and their sizes, mirrors that stand still, runners: Gitea, Forgejo, Gogs, GitLab.",
  category: "application",
  tier: 2,
  kind: "network",
  needs: ["An access token, best of an administrator; without, only health and what is public are read"],
  intervalSeconds: 60,
  timeoutMs: 45_000,
  config,
  metrics,
  alerts,
  board: [
    meter("git_healthy", "Healthy", { combine: "min", max: 1, bad: 0.5, lowIsBad: true }),
    meter("git_repositories", "Repositories", { combine: "sum" }),
    meter("git_storage_bytes", "Size"),
    meter("git_mirror_stale", "Stale mirrors", { warn: 1 }),
    meter("git_runners", "Runners offline", { where: { status: "offline" }, combine: "sum", warn: 1 }),
    states("git_healthy", "Checks", "check"),
    table({
      title: "Largest repositories",
      by: "repository",
      columns: [{ metric: "git_repository_size_bytes", title: "Size" }],
      limit: 25,
    }),
    table({
      title: "Tasks",
      by: "task",
      columns: [{ metric: "git_cron_last_run_timestamp_seconds", title: "Last run" }],
      sort: { metric: "git_cron_last_run_timestamp_seconds", ascending: true },
    }),
    chart("Size", ["git_storage_bytes"]),
    chart("Open issues and requests", ["git_issues_open", "git_pull_requests_open"]),
    chart("Repositories", ["git_repositories"], { stacked: true }),
    chart("Runners", ["git_runners"], { stacked: true }),
    chart("Response time", ["git_response_duration_seconds"]),
  ],
  help: {
    auth: "Make a new token: see the README for the scopes of each server.",
    permission:
      "Use a token of an administrator with the scopes of the README; GitLab also asks for this machine's address.",
    not_found: "Check the type and the address, with the path the server is under.",
    unreachable: "Check that the server runs; GitLab needs minutes to start.",
    rate_limited: "The server was asked too often: raise the interval.",
    timeout: "The server is overloaded, or has very many repositories: switch their collection off.",
    parse: "Check the type and the address: something else answered.",
    protocol: "Check the type and the address; through a proxy, that it passes everything on.",
  },
  discover,
  target: ({ url }) => placeOf(url),
  async collect(context, report) {
    const { config: settings, memory } = context;
    const found = await READERS[settings.type](context, report);
    if (found) memory.keep("stale", found);
    const stale = memory.recall<readonly string[]>("stale")?.value ?? [];
    report.inventory({
      facts: { type: settings.type },
      lists: { staleMirrors: stale.map((name) => ({ repository: toLabel(name) })) },
    });
  },
});
