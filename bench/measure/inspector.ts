import { WebSocket } from "ws";
import { z } from "zod";

const Answer = z.object({ id: z.number(), result: z.record(z.string(), z.unknown()).optional() });
const HeapUsage = z.object({ usedSize: z.number() });
/** A full collection of a large heap takes a second; of one that hangs nobody waits. */
const ANSWER_WITHIN_MS = 30_000;

/** The other process's own inspector: collects its garbage when it is told to, and says how much is left. */
export interface Inspector {
  /** Megabytes in use after a full garbage collection. */
  heapAfterGcMb(): Promise<number>;
  close(): void;
}

/** Flag for the process that is to be looked into. */
export const INSPECT = "--inspect=127.0.0.1:0";

/** @param output what the process said since it was started with `INSPECT`; its last start counts */
export async function openInspector(output: string): Promise<Inspector> {
  const address = [...output.matchAll(/Debugger listening on (ws:\S+)/g)].at(-1)?.[1];
  if (!address) throw new Error(`The process did not say where its inspector listens. Was it started with ${INSPECT}?`);
  const socket = new WebSocket(address);
  await new Promise<void>((open, fail) => socket.once("open", open).once("error", fail));
  let lastId = 0;

  function ask(method: string): Promise<unknown> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The inspector did not answer ${method}.`)), ANSWER_WITHIN_MS);
      const read = (data: unknown) => {
        const answer = Answer.safeParse(JSON.parse(String(data)));
        if (!answer.success || answer.data.id !== id) return;
        clearTimeout(late);
        socket.off("message", read);
        resolve(answer.data.result);
      };
      socket.on("message", read);
      socket.send(JSON.stringify({ id, method }));
    });
  }

  return {
    async heapAfterGcMb() {
      await ask("HeapProfiler.collectGarbage");
      return HeapUsage.parse(await ask("Runtime.getHeapUsage")).usedSize / 1e6;
    },
    close: () => socket.close(),
  };
}
