import { type CollectContext, type Reason, type Report, readPart } from "../sdk";

interface Tried {
  readonly id: string;
  readonly problems: readonly { readonly reason: Reason; readonly message: string }[];
}

/**
 * Reads a costly part once for each id, such as the newest snapshot's. If it fails it is tried again after so many seconds,
 * and its failure is told in each run until then.
 */
export async function readPartOnce(
  context: Pick<CollectContext, "signal" | "memory" | "now">,
  report: Pick<Report, "partial">,
  { key, id, retrySeconds }: { key: string; id: string; retrySeconds: number },
  read: () => Promise<void>,
): Promise<void> {
  const last = context.memory.recall<Tried>(key);
  const isDone = last?.value.id === id;
  const isLate = last !== undefined && context.now - last.at >= retrySeconds * 1_000;
  if (!isDone || (isLate && last.value.problems.length > 0)) {
    const problems: Tried["problems"][number][] = [];
    const note = { partial: (reason: Reason, message: string) => void problems.push({ reason, message }) };
    await readPart(context, note, read);
    context.memory.keep(key, { id, problems } satisfies Tried);
  }
  for (const { reason, message } of context.memory.recall<Tried>(key)?.value.problems ?? [])
    report.partial(reason, message);
}
