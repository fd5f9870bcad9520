/** Ends the script with one plain sentence instead of a stack. */
export class Stop extends Error {
  name = "Stop";
}

/** Says what begins, and how long it took. */
export async function step(title, work) {
  process.stdout.write(`▸ ${title}\n`);
  const startedAt = performance.now();
  const result = await work();
  process.stdout.write(`  ${title}: done in ${seconds(performance.now() - startedAt)}\n`);
  return result;
}

export const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;

/** Runs a script's work; whatever stops it becomes the exit code and, if it was foreseen, one sentence. */
export async function runMain(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Stop ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
