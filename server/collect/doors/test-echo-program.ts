/** For tests only: says back what it is asked, throws, blocks or ends. */
export function answer(question: unknown): unknown {
  const { say } = question as { say: string };
  if (say === "throw") throw new Error("asked for it");
  if (say === "block") for (;;);
  if (say === "end") process.exit(3);
  return { said: say, pid: process.pid };
}
