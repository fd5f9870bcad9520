/** Whether the Unity of this container is ready, for Docker's health check: says what is not, exit code 1. */
const port = process.env.PORT || 3000;
try {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
  process.stdout.write(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`no answer: ${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
