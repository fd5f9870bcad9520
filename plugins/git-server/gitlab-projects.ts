import { z } from "zod";
import { type HttpApi, parseAnswer } from "../sdk";
import { amount, flag, text } from "./parse";
import { reportRepositories } from "./report-repositories";
import { type Context, MAX_PAGES, type Reported, type Repository, totalOf } from "./server";

const PAGE = 100;
/** Not told above 10,000. */
const TOTAL = "x-total";

const Project = z.object({
  path_with_namespace: text,
  visibility: text,
  archived: flag,
  mirror: flag,
  open_issues_count: amount,
  statistics: z.object({ storage_size: amount }).nullish().catch(undefined),
});

/** All projects the token may see, page by page; merge requests are counted by one question for one of them. */
export async function readGitlabProjects({ config }: Context, api: HttpApi, report: Reported): Promise<void> {
  const repositories: Repository[] = [];
  let isCut = true;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await api.ask(`/api/v4/projects?statistics=true&per_page=${PAGE}&page=${page}`);
    repositories.push(...parseAnswer(z.array(Project), answer).map(describeProject));
    isCut = /^\d+$/.test(answer.headers["x-next-page"] ?? "");
    if (!isCut) break;
  }
  const merges = await api.ask("/api/v4/merge_requests?scope=all&state=opened&per_page=1");
  reportRepositories(report, repositories, { isCut, config, openPullRequests: totalOf(merges, TOTAL) });
}

function describeProject(project: z.output<typeof Project>): Repository {
  const { path_with_namespace: name, visibility, archived, mirror, open_issues_count, statistics } = project;
  return {
    name,
    visibility: visibility === "public" || visibility === "internal" ? visibility : "private",
    isArchived: archived,
    isMirror: mirror,
    // When a mirror was last updated is told for each alone.
    isStale: mirror ? undefined : false,
    sizeBytes: statistics?.storage_size,
    // Where issues are switched off, there is no count.
    openIssues: open_issues_count ?? 0,
    openPullRequests: undefined,
  };
}
