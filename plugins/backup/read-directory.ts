import { type Report, toLabel } from "../sdk";
import { freeSpace } from "./free-space";
import type { Job, Read } from "./job";
import { nameJob } from "./names";
import type { Context } from "./run-tool";
import { changeOf, keepSizes } from "./sizes";
import { type Found, findFiles } from "./walk";

const SHOWN = 20;

/** Files that anything else writes. The newest counts that is large enough; an empty dump is a failed one. */
export async function readDirectory(context: Context, report: Pick<Report, "partial">): Promise<Read> {
  const { path = "/", pattern, layout, minBytes, maxFiles } = context.config;
  const name = nameJob(context.config);
  const { files, truncated, forbidden } = await findFiles(context, {
    folder: path.replace(/(?<=.)\/+$/, ""),
    pattern,
    maxFiles,
  });
  const [first] = forbidden;
  if (first !== undefined)
    report.partial(
      "permission",
      `${forbidden.length} folders may not be read, such as ${toLabel(`${path}/${first}`)}.`,
    );
  const newest = files.at(-1);
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const shared = {
    name,
    type: "directory",
    isReachable: true,
    lastRunAt: newest?.mtimeMs,
    repositoryBytes: truncated ? undefined : totalBytes,
    freeBytes: await freeSpace(context, path),
  } as const;
  const job: Job =
    layout === "files"
      ? { ...shared, ...describeFiles(files, minBytes, truncated) }
      : { ...shared, ...describeTree(context, { name, files, totalBytes, truncated }) };
  const shown = files.slice(-SHOWN).reverse();
  return {
    jobs: [job],
    truncated,
    facts: {},
    lists: {
      files: shown.map((file) => ({
        file: toLabel(file.path),
        bytes: file.bytes,
        time: new Date(file.mtimeMs).toISOString(),
      })),
    },
  };
}

function describeFiles(files: readonly Found[], minBytes: number, truncated: boolean): Partial<Job> {
  const newest = files.at(-1);
  const good = files.filter(({ bytes }) => bytes >= minBytes);
  return {
    lastSuccessAt: good.at(-1)?.mtimeMs,
    lastRunOk: newest === undefined ? undefined : newest.bytes >= minBytes,
    snapshots: truncated ? undefined : good.length,
    sizeBytes: newest?.bytes,
    sizeChangeRatio: changeOf(files.map(({ bytes }) => bytes)),
  };
}

/** The whole folder is one backup. How large it was before is only known while Unity runs. */
function describeTree(
  context: Context,
  {
    name,
    files,
    totalBytes,
    truncated,
  }: { name: string; files: readonly Found[]; totalBytes: number; truncated: boolean },
): Partial<Job> {
  const newest = files.at(-1);
  const isGood = newest !== undefined && totalBytes >= context.config.minBytes;
  if (truncated || !isGood) return { lastSuccessAt: isGood ? newest.mtimeMs : undefined };
  const sizes = keepSizes(context, name, [{ id: String(newest.mtimeMs), bytes: totalBytes }]);
  return {
    lastSuccessAt: newest.mtimeMs,
    sizeBytes: totalBytes,
    files: files.length,
    sizeChangeRatio: changeOf(sizes.map(({ bytes }) => bytes)),
  };
}
