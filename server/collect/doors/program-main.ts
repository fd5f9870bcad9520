/** A process of its own around a plugin's module: each message is a question for its `answer`. Started by program.ts. */

const [, , source = ""] = process.argv;
// Made by the same hands as this file; the plugin parses what comes of it.
const { answer } = (await import(source)) as { answer(question: unknown): unknown };

process.on("message", async (question) => {
  try {
    process.send?.({ answer: (await answer(JSON.parse(String(question)))) ?? null });
  } catch (error) {
    process.send?.({ problem: error instanceof Error ? error.message : String(error) });
  }
});
// Whoever asked is gone.
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });

export {};
