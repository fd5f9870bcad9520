import { labelItems } from "../sdk";
import type { Config } from "./config";
import type { Reported, Repository } from "./server";

/** Mirrors that are stale are listed on the page, up to so many. */
const MAX_LISTED = 100;

interface Options {
  /** Whether there were more than were looked through. */
  readonly isCut: boolean;
  readonly config: Config;
  /** Where they are counted for all repositories at once. */
  readonly openPullRequests?: number | undefined;
}

/** Sums of what was looked through, and the largest one by one. @returns names of stale mirrors, for the page */
export function reportRepositories(
  report: Reported,
  repositories: readonly Repository[],
  { isCut, config, openPullRequests }: Options,
): readonly string[] {
  const countOf = (isOne: (repository: Repository) => boolean) => repositories.filter(isOne).length;
  for (const visibility of ["public", "internal", "private"] as const)
    report(
      "git_repositories",
      countOf((one) => one.visibility === visibility),
      { visibility },
    );
  report(
    "git_repositories_archived",
    countOf(({ isArchived }) => isArchived),
  );
  report(
    "git_mirrors",
    countOf(({ isMirror }) => isMirror),
  );
  const stale = repositories.filter(({ isStale }) => isStale === true);
  // Where nobody tells of any mirror when it was updated, that none is stale is not known.
  const told = repositories.filter(({ isMirror, isStale }) => !isMirror || isStale !== undefined);
  if (told.length === repositories.length) report("git_mirror_stale", stale.length);

  reportSum(report, "git_issues_open", repositories, ({ openIssues }) => openIssues);
  if (openPullRequests !== undefined) report("git_pull_requests_open", openPullRequests);
  else reportSum(report, "git_pull_requests_open", repositories, (one) => one.openPullRequests);
  reportSum(report, "git_storage_bytes", repositories, ({ sizeBytes }) => sizeBytes);
  const isOver = reportSizes(report, repositories, config.maxItems);
  report("git_repositories_truncated", isCut || isOver ? 1 : 0);
  return stale.slice(0, MAX_LISTED).map(({ name }) => name);
}

/** Left out where any is unknown: a sum of some is none. */
function reportSum(
  report: Reported,
  metric: "git_issues_open" | "git_pull_requests_open" | "git_storage_bytes",
  repositories: readonly Repository[],
  read: (repository: Repository) => number | undefined,
): void {
  const values = repositories.flatMap((one) => read(one) ?? []);
  if (values.length === repositories.length)
    report(
      metric,
      values.reduce((sum, value) => sum + value, 0),
    );
}

/** @returns whether there were more than are listed */
function reportSizes(report: Reported, repositories: readonly Repository[], maxItems: number): boolean {
  const sized = repositories.flatMap(({ name, sizeBytes }) => (sizeBytes === undefined ? [] : [{ name, sizeBytes }]));
  const largest = sized.sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, maxItems);
  const named = new Map(
    labelItems(largest, { name: ({ name }) => name, id: ({ name }) => name }).map((one) => [one.label, one.item]),
  );
  for (const [repository, { sizeBytes }] of named) report("git_repository_size_bytes", sizeBytes, { repository });
  return sized.length > largest.length;
}
